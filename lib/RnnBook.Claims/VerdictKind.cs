namespace RnnBook;

/// <summary>What measurement says of a claim.</summary>
public enum VerdictKind
{
    /// <summary>True as stated.</summary>
    Reproduced,

    /// <summary>True under a condition that the source leaves out.</summary>
    Qualified,

    /// <summary>Not true as stated, nor under the condition, if there is one.</summary>
    Refuted,

    /// <summary>Nothing to measure, for a reason given.</summary>
    NotTested,
}
