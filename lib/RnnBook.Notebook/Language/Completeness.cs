using System.Text.Json.Serialization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnBook.Notebook;

/// <summary>Whether a source that is still being typed can run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CompletenessStatus>))]
public enum CompletenessStatus
{
    /// <summary>It can run; whether it compiles is another question.</summary>
    Complete,

    /// <summary>Something must follow: a bracket is open, an expression has no end.</summary>
    Incomplete,

    /// <summary>It is broken, and nothing that follows can mend it.</summary>
    Invalid,
}

/// <summary>Whether a source can run, and if not, how its next line is indented.</summary>
/// <param name="Status">Whether it can run.</param>
/// <param name="Indent">Spaces or tabs for the next line; empty unless incomplete.</param>
public sealed record Completeness(CompletenessStatus Status, string Indent)
{
    private const string Step = "    ";

    internal static Completeness Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, CellSource.ParseOptions);
        return !SyntaxFactory.IsCompleteSubmission(tree) ? new(CompletenessStatus.Incomplete, IndentAfter(code))
            : tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? new(CompletenessStatus.Invalid, "")
            : new(CompletenessStatus.Complete, "");
    }

    private static string IndentAfter(string code)
    {
        var last = code.Split('\n').LastOrDefault(line => line.Trim().Length > 0, "").TrimEnd();
        var indent = last[..^last.TrimStart().Length];
        return last is [.., '{' or '(' or '['] ? indent + Step : indent;
    }
}
