using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>A source that is being typed, as the compiler sees it behind the cells before it.</summary>
/// <param name="Text">The source, maybe broken.</param>
/// <param name="Root">Its syntax.</param>
/// <param name="Model">What its names mean.</param>
/// <param name="NamesAt">What names could stand at a place, given in UTF-16 units from 0.</param>
internal sealed record TypedCell(string Text, SyntaxNode Root, SemanticModel Model, Func<int, IEnumerable<ISymbol>> NamesAt);
