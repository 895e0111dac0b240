using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>Reads the runtime's stack traces, in which cell 3 is the file <c>[3]</c>, as a cell's author wants to see them.</summary>
internal static partial class CellTrace
{
    private const int MaximumFrames = 30;
    private static readonly string[] Plumbing = ["System.", "Microsoft.", "RnnBook.Notebook."];

    /// <summary>The line of the innermost call in that cell; of the exception, else of its inner ones; null where there is none.</summary>
    public static int? LineIn(int cell, Exception exception) => Chain(exception)
        .Select(link => LineIn(cell, TraceText.Of(link))).FirstOrDefault(line => line is not null);

    /// <inheritdoc cref="LineIn(int, Exception)"/>
    public static int? LineIn(int cell, string? trace) => Frames(trace)
        .Where(frame => frame.Groups["file"].Value == $"[{cell}]")
        .Select(frame => (int?)int.Parse(frame.Groups["line"].Value)).FirstOrDefault();

    /// <summary>
    /// Whether the innermost call is the code of a cell, so that its thread was computing there, and the line if the runtime knows it.
    /// </summary>
    public static (bool InCell, int? Line) Innermost(string? trace)
    {
        var frame = Frames(trace).FirstOrDefault(frame => !frame.Groups["call"].Value.StartsWith("RnnBook.Notebook.", StringComparison.Ordinal));
        return frame is null || !CellPrefix().IsMatch(frame.Groups["call"].Value) ? (false, null)
            : (true, frame.Groups["line"] is { Success: true, Value: var line } ? int.Parse(line) : null);
    }

    /// <summary>One line a call, innermost first; inner exceptions follow with what caused them.</summary>
    public static IReadOnlyList<string> Describe(Exception exception)
    {
        var lines = new List<string>();
        foreach (var link in Chain(exception))
        {
            if (link != exception)
            {
                lines.Add($"caused by {link.GetType().FullName}: {CellErrors.Cut(link.Message)}");
            }

            lines.AddRange(Describe(TraceText.Of(link)));
        }

        return lines;
    }

    /// <inheritdoc cref="Describe(Exception)"/>
    public static IReadOnlyList<string> Describe(string? trace)
    {
        var calls = Frames(trace).Select(Describe).OfType<string>().ToList();
        return calls.Count <= MaximumFrames ? calls
            : [.. calls.Take(MaximumFrames / 2), $"   … {calls.Count - MaximumFrames} more calls …", .. calls.TakeLast(MaximumFrames / 2)];
    }

    private static IEnumerable<Exception> Chain(Exception exception) => exception is AggregateException aggregate
        ? [exception, .. aggregate.InnerExceptions.SelectMany(Chain)]
        : exception.InnerException is { } inner ? [exception, .. Chain(inner)] : [exception];

    private static MatchCollection Frames(string? trace) => Frame().Matches(trace ?? "");

    private static string? Describe(Match frame)
    {
        var call = frame.Groups["call"].Value;
        if (Plumbing.Any(prefix => call.StartsWith(prefix, StringComparison.Ordinal)) || call.Contains(".<Factory>(", StringComparison.Ordinal) || call.Contains(".<Initialize>(", StringComparison.Ordinal))
        {
            return null;
        }

        var place = frame.Groups["file"] switch
        {
            { Success: false } => "",
            { Value: ['[', ..] cell } => $" in cell {cell}, line {frame.Groups["line"].Value}",
            var file => $" in {file.Value}, line {frame.Groups["line"].Value}",
        };
        return $"   at {NameOf(call)}{place}";
    }

    /// <summary>What the author called it: the compiler moves code into methods with names of its own.</summary>
    private static string NameOf(string call)
    {
        call = CellPrefix().Replace(call, "");
        var moved = MovedCode().Match(call);
        return !moved.Success ? call
            : moved.Groups["kind"].Value switch
            {
                "g" => moved.Groups["local"].Value + moved.Groups["arguments"].Value,
                "b" => "a lambda" + (moved.Groups["owner"].Value is "<Initialize>" ? "" : $" in {moved.Groups["owner"].Value}"),
                _ => moved.Groups["owner"].Value is "<Initialize>" ? "the cell" : moved.Groups["owner"].Value,
            };
    }

    [GeneratedRegex(@"^ +at (?<call>.+?)(?: in (?<file>.+?):line (?<line>\d+))?\r?$", RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^Submission#\d+\.")]
    private static partial Regex CellPrefix();

    // <Owner>d__3.MoveNext() is an async method or iterator, <Owner>b__0_1(…) a lambda, <Owner>g__Local|0_1(…) a local function.
    [GeneratedRegex(@"<(?<owner><?\w*>?)>(?<kind>[dbg])__(?<local>\w*)[^(]*(?<arguments>\(.*\))?$")]
    private static partial Regex MovedCode();
}
