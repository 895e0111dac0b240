namespace RnnBook.Notebook;

/// <summary>What a cell holds, nbformat's <c>cell_type</c>.</summary>
public enum CellKind
{
    /// <summary>Source that an engine runs.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that is passed through unchanged.</summary>
    Raw,
}
