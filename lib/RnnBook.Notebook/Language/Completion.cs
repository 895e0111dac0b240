namespace RnnBook.Notebook;

/// <summary>What could stand at a place in a cell's source.</summary>
/// <param name="Start">Where the text that an item replaces begins, in UTF-16 units from 0.</param>
/// <param name="End">Where it ends: the end of the word that the cursor stands in.</param>
/// <param name="Items">All that fits what is written before the cursor, best first; empty where nothing can be said.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<CompletionItem> Items)
{
    internal static Completions None(int cursor) => new(cursor, cursor, []);
}

/// <summary>One text that could stand there.</summary>
/// <param name="Text">The text, valid C#: a keyword that is used as a name has its @, the name of an argument its colon.</param>
/// <param name="Kind">What it names: variable, method, property, field, event, class, struct, interface, enum, delegate, namespace, constant,
/// type (a type parameter), parameter or keyword.</param>
public sealed record CompletionItem(string Text, string Kind);

/// <summary>What is known about the name, or the call, at a place in a cell's source.</summary>
/// <param name="Start">Where the name begins, in UTF-16 units from 0.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Plain">Signature and documentation as plain text.</param>
/// <param name="Markdown">The same as markdown, the signature as a block of C#.</param>
public sealed record Inspection(int Start, int End, string Plain, string Markdown);
