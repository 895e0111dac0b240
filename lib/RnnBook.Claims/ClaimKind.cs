namespace RnnBook;

/// <summary>The sort of statement that a claim makes.</summary>
public enum ClaimKind
{
    /// <summary>A definition or formula: shown, and checked by number.</summary>
    Definition,

    /// <summary>An empirical claim: measured.</summary>
    Experiment,

    /// <summary>A program that a source shows: rebuilt.</summary>
    System,

    /// <summary>History or context: a sourced note.</summary>
    History,

    /// <summary>An opinion or forecast.</summary>
    Opinion,
}
