namespace RnnBook.Notebook;

/// <summary>How <see cref="NotebookRunner"/> runs a notebook.</summary>
public sealed record RunOptions
{
    /// <summary>The folder that relative paths in cells start from; the default is the notebook's own, else the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to this process's environment; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long one cell's code may run, compiling apart; null is without limit.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How many characters of one stream output or of one text of a mime bundle are kept; a note says what is left out.</summary>
    public int MaximumOutputLength { get; init; } = 2_000_000;
}
