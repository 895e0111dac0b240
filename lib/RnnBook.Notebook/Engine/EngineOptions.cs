namespace RnnBook.Notebook;

/// <summary>How the child process of a <see cref="CellEngine"/> is started.</summary>
public sealed record EngineOptions
{
    /// <summary>The folder that relative paths in cells start from: the notebook's. The default is the current one.</summary>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Variables added to this process's environment; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long a cell may take to obey an interrupt before its process is killed.</summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether somebody answers an <see cref="InputEvent"/>. Else a cell that reads from the console fails and says that nobody can be asked.
    /// </summary>
    public bool CanAsk { get; init; }
}
