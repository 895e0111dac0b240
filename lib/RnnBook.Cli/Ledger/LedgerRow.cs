namespace RnnBook.Cli;

/// <summary>How a claim stands after a run.</summary>
internal enum LedgerState
{
    /// <summary>Its chapter is not written.</summary>
    Open,

    /// <summary>Its chapter was not run, or the run is out of date.</summary>
    NotRun,

    /// <summary>Its chapter ran and gave no verdict.</summary>
    Missing,

    /// <summary>The verdict is the recorded one.</summary>
    Agrees,

    /// <summary>The verdict is not the recorded one.</summary>
    Differs,

    /// <summary>Nor is this one, but the claim is about time, and this is another machine or a busy one.</summary>
    DiffersHere,
}

/// <summary>A claim with what its chapter measured.</summary>
/// <param name="Claim">The row of claims.json.</param>
/// <param name="State">How it stands.</param>
/// <param name="Chapter">The chapter that settles it; null when there is none yet.</param>
/// <param name="Verdict">What the chapter measured; null when it has not.</param>
internal sealed record LedgerRow(Claim Claim, LedgerState State, Chapter? Chapter, MeasuredVerdict? Verdict)
{
    /// <summary>The verdict's word, or <c>open</c>, <c>not run</c>, <c>no verdict</c>.</summary>
    public string Outcome => State switch
    {
        LedgerState.Open => "open",
        LedgerState.NotRun => "not run",
        LedgerState.Missing => "no verdict",
        _ => Verdict?.Outcome ?? Recorded!,
    };

    /// <summary>The recorded verdict's word; null while none is recorded.</summary>
    public string? Recorded => Claim.Recorded?.Word();

    public string Kind => Claim.Kind switch
    {
        ClaimKind.Definition => "def",
        ClaimKind.Experiment => "exp",
        ClaimKind.System => "sys",
        ClaimKind.History => "his",
        _ => "opn",
    };

    /// <summary>Each criterion with what was measured for it, null where nothing was.</summary>
    public IEnumerable<(Criterion Criterion, Measurement? Measured)> Criteria => Claim.Criteria.Select((criterion, index) =>
        (criterion, Verdict?.Criteria.ElementAtOrDefault(index) is { } found && found.Name == criterion.Name ? found.With(criterion) : null));
}
