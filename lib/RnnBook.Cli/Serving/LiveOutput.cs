namespace RnnBook.Cli;

/// <summary>One output of a cell, as the pages that show it follow it.</summary>
internal abstract class LiveOutput
{
    /// <summary>The model's version when it last changed: pages that have seen less need it.</summary>
    public long Version { get; set; }
}
