using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnBook.Notebook;

/// <summary>A compiled cell.</summary>
/// <param name="Compilation">What later cells are compiled on top of.</param>
/// <param name="References">What it sees, by its own references and those that it has inherited.</param>
/// <param name="Start">Runs it on the submissions before it; the task's result is the trailing expression's value. Null when the cell has no
/// code, only usings or comments.</param>
/// <param name="Slot">Its place in the list of submissions; one without code has that of its predecessor.</param>
/// <param name="HasResult">Whether the cell ends in an expression with a value.</param>
internal sealed record Submission(
    CSharpCompilation Compilation, ImmutableArray<MetadataReference> References, Func<object?[], Task<object?>>? Start, int Slot, bool HasResult)
{
    /// <summary>Whether its value is shown below the cell; what it has displayed stands there already.</summary>
    public bool Shows(object? value) => value is not DisplayedValue && (HasResult || value is not null);
}

/// <summary>The cell does not compile.</summary>
internal sealed class CellCompileException(string message, int line, IReadOnlyList<string> details) : Exception(message)
{
    /// <summary>The line in the cell, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>All the compiler's messages, one a line.</summary>
    public IReadOnlyList<string> Details { get; } = details;
}
