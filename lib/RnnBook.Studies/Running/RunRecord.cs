using System.Text;
using System.Text.Json;

namespace RnnBook;

/// <summary>One line of a results file: a run's settings, what it found, and where and when that was.</summary>
/// <param name="Key">The settings.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="Run">Seconds, commit, machine, day; null where they were left out.</param>
public sealed record RunRecord(RunKey Key, RunOutcome Outcome, RunOrigin? Run)
{
    /// <summary>How the run ended, in a word.</summary>
    public string Class => Outcome.Class;

    /// <summary>A measure by name.</summary>
    /// <exception cref="KeyNotFoundException">The run has none of this name.</exception>
    public double this[string measure]
    {
        get
        {
            foreach (var (name, value) in Outcome.Measures)
            {
                if (name == measure)
                {
                    return value;
                }
            }

            throw new KeyNotFoundException($"No \"{measure}\" among {string.Join(", ", Outcome.Measures.Select(m => m.Name))} of {Key}.");
        }
    }

    /// <summary>The points of a curve by name.</summary>
    /// <exception cref="KeyNotFoundException">The run has none of this name.</exception>
    public IReadOnlyList<(double At, double Value)> Curve(string name) => Outcome.Curves.FirstOrDefault(curve => curve.Name == name)?.Points
        ?? throw new KeyNotFoundException($"No curve \"{name}\" among {string.Join(", ", Outcome.Curves.Select(curve => curve.Name))} of {Key}.");

    /// <summary>Whether the run has the class "learned".</summary>
    public bool Learned => Class == "learned";

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Class}{string.Concat(Outcome.Measures.Select(m => $", {m.Name} {m.Value:G4}"))}";

    /// <summary>The line, without its end.</summary>
    internal string ToLine()
    {
        var line = new StringBuilder($"{{\"key\":{Key},\"outcome\":{JsonLine.Text(Class)},\"updates\":{Outcome.Updates},\"measures\":{{");
        line.AppendJoin(',', Outcome.Measures.Select(m => $"{JsonLine.Text(m.Name)}:{JsonLine.Number(m.Value)}")).Append('}');
        if (Outcome.Head.Count > 0)
        {
            line.Append(",\"head\":[").AppendJoin(',', Outcome.Head.Select(JsonLine.Number)).Append(']');
        }

        if (Outcome.Curves.Count > 0)
        {
            line.Append(",\"curves\":{").AppendJoin(',', Outcome.Curves.Select(Written)).Append('}');
        }

        return line.Append(Run is null ? "" : $",\"run\":{Run.ToJson()}").Append('}').ToString();
    }

    private static string Written(RunCurve curve) =>
        $"{JsonLine.Text(curve.Name)}:[{string.Join(',', curve.Points.Select(p => $"[{JsonLine.Number(p.At)},{JsonLine.Point(p.Value)}]"))}]";

    /// <summary>Reads a line back.</summary>
    /// <exception cref="FormatException">It is no such line; the message says why.</exception>
    internal static RunRecord Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new RunRecord(
                RunKey.Read(root.GetProperty("key")),
                new RunOutcome(root.GetProperty("outcome").GetString() ?? throw new FormatException("\"outcome\" is null"))
                {
                    Updates = root.GetProperty("updates").GetInt32(),
                    Measures = [.. root.GetProperty("measures").EnumerateObject().Select(m => (m.Name, JsonLine.Number(m.Value)))],
                    Head = root.TryGetProperty("head", out var head) ? [.. head.EnumerateArray().Select(JsonLine.Number)] : [],
                    Curves = root.TryGetProperty("curves", out var curves)
                        ? [.. curves.EnumerateObject().Select(curve => new RunCurve(
                            curve.Name, [.. curve.Value.EnumerateArray().Select(point => (JsonLine.Number(point[0]), JsonLine.Number(point[1])))]))]
                        : [],
                },
                root.TryGetProperty("run", out var run) ? RunOrigin.Read(run) : null);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException
            or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException(broken.Message, broken);
        }
    }
}
