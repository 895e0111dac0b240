using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;

namespace RnnBook;

/// <summary>What the judge of an exercise says. Shows itself as a coloured line.</summary>
[TypeFormatterSource(typeof(ExerciseResultFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class ExerciseResult
{
    private ExerciseResult(Exercise exercise, bool isSolved, string message)
    {
        Exercise = exercise;
        IsSolved = isSolved;
        Message = message;
    }

    /// <summary>The exercise judged.</summary>
    public Exercise Exercise { get; }

    /// <summary>Whether the answer passed every case.</summary>
    public bool IsSolved { get; }

    /// <summary>What is wrong, or a word of praise.</summary>
    public string Message { get; }

    internal static ExerciseResult Solved(Exercise exercise) => new(exercise, true, "Solved.");

    internal static ExerciseResult NotYet(Exercise exercise, string message) => new(exercise, false, message);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsSolved ? "✔" : "○")} Exercise {Exercise.Id}, {Exercise.Title}: {Message}";

    internal string ToHtml() =>
        $"<div class=\"rnnbook-exercise\" style=\"border-left:4px solid {(IsSolved ? "#009e73" : "#e69f00")};padding:.4em .8em\">"
        + $"<strong>{(IsSolved ? "✔" : "○")} Exercise {WebUtility.HtmlEncode(Exercise.Id)}, {WebUtility.HtmlEncode(Exercise.Title)}:</strong> "
        + $"{WebUtility.HtmlEncode(Message)}</div>";

    internal string ToJson() => JsonSerializer.Serialize(new { id = Exercise.Id, solved = IsSolved, message = Message });
}

/// <summary>The forms of an <see cref="ExerciseResult"/>.</summary>
internal sealed class ExerciseResultFormatters
{
    /// <summary>One formatter a form.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Front ends look for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ObjectFormatter<ExerciseResult>("text/html", r => r.ToHtml()),
        new ObjectFormatter<ExerciseResult>("text/plain", r => r.ToString()),
        new ObjectFormatter<ExerciseResult>("application/vnd.rnnbook.exercise+json", r => r.ToJson()),
    ];
}
