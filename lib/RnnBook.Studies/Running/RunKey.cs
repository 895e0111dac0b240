using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RnnBook;

/// <summary>
/// All settings of one run of a study, in a fixed order: what the same key gives is the same run. Written as a JSON object, such as
/// <c>{"net":"LSTM","T":100,"rate":0.003,"seed":1000}</c>; that text is its identity.
/// </summary>
public sealed class RunKey : IEquatable<RunKey>
{
    private readonly (string Name, object Value)[] settings;
    private readonly string text;

    /// <summary>Settings in the order of writing.</summary>
    /// <param name="settings">Names, each once, with texts, whole numbers or finite numbers.</param>
    /// <exception cref="ArgumentException">A name stands twice, or a value is none of these.</exception>
    public RunKey(params (string Name, object Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = [.. settings.Select(setting => (setting.Name, Normal(setting.Name, setting.Value)))];
        if (settings.DistinctBy(setting => setting.Name).Count() < settings.Length)
        {
            throw new ArgumentException($"A setting stands twice: {string.Join(", ", settings.Select(setting => JsonLine.Text(setting.Name)))}.");
        }

        text = Write(this.settings);
    }

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => settings.Select(setting => setting.Name);

    /// <summary>The seed: the setting of that name.</summary>
    public ulong Seed => (ulong)Number("seed");

    /// <summary>A setting as a number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting, or it is a text.</exception>
    public double Number(string name) => Find(name) is double number
        ? number
        : throw new KeyNotFoundException($"\"{name}\" is no number in {text}.");

    /// <summary>A setting as a whole number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting, or it is a text.</exception>
    public int Whole(string name) => checked((int)Number(name));

    /// <summary>A setting as text.</summary>
    /// <exception cref="KeyNotFoundException">There is no such setting.</exception>
    public string Text(string name) => Find(name) switch
    {
        string word => word,
        double number => Shown(number),
        _ => throw new KeyNotFoundException($"There is no \"{name}\" in {text}."),
    };

    /// <summary>The same settings with one of them changed, or added at the end.</summary>
    public RunKey With(string name, object value)
    {
        var at = Array.FindIndex(settings, setting => setting.Name == name);
        return at < 0 ? new([.. settings, (name, value)]) : new([.. settings.Take(at), (name, value), .. settings.Skip(at + 1)]);
    }

    /// <summary>The same settings without one of them.</summary>
    public RunKey Without(string name) => new([.. settings.Where(setting => setting.Name != name)]);

    /// <inheritdoc/>
    public bool Equals(RunKey? other) => other is not null && text == other.text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RunKey);

    /// <inheritdoc/>
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The key as JSON: its identity.</summary>
    public override string ToString() => text;

    /// <summary>Reads a key back.</summary>
    /// <exception cref="FormatException">Not an object of texts and numbers, or without a seed.</exception>
    internal static RunKey Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a key is an object");
        }

        RunKey key = new([.. json.EnumerateObject().Select(property => (property.Name, property.Value.ValueKind switch
        {
            JsonValueKind.String => (object)property.Value.GetString()!,
            JsonValueKind.Number => property.Value.GetDouble(),
            _ => throw new FormatException($"setting {JsonLine.Text(property.Name)} is neither text nor number"),
        }))]);
        return key.Find("seed") is double seed and >= 0 && seed == Math.Floor(seed) ? key : throw new FormatException($"a key needs a \"seed\", a whole number: {key}");
    }

    /// <summary>Orders keys setting by setting, numbers by size: the order of a results file.</summary>
    internal static int Compare(RunKey left, RunKey right)
    {
        foreach (var (a, b) in left.settings.Zip(right.settings))
        {
            var order = (a.Value, b.Value) switch
            {
                (double x, double y) => x.CompareTo(y),
                (string x, string y) => string.CompareOrdinal(x, y),
                (double, _) => -1,
                _ => 1,
            };
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(left.text, right.text);
    }

    private static object Normal(string name, object value) => value switch
    {
        string word => word,
        IConvertible and not bool when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) =>
            value is float single ? double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number,
        _ => throw new ArgumentException($"Setting {JsonLine.Text(name)} is {value}: a text or a finite number is needed."),
    };

    private static string Shown(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Write((string Name, object Value)[] settings)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in settings)
        {
            json.Append(json.Length > 1 ? "," : "").Append(JsonLine.Text(name)).Append(':')
                .Append(value is double number ? Shown(number) : JsonLine.Text((string)value));
        }

        return json.Append('}').ToString();
    }

    private object? Find(string name) => Array.Find(settings, setting => setting.Name == name).Value;
}
