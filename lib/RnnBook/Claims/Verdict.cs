namespace RnnBook;

/// <summary>A claim with what was measured and what follows. In a notebook it shows itself as a badge.</summary>
[TypeFormatterSource(typeof(VerdictFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class Verdict
{
    internal Verdict(Claim claim, IReadOnlyList<Measurement> measured)
    {
        Claim = claim;
        Measured = measured;
        Outcome = Decide(measured);
    }

    /// <summary>The claim.</summary>
    public Claim Claim { get; }

    /// <summary>What the measurement says.</summary>
    public VerdictKind Outcome { get; }

    /// <summary>What was measured, one entry a criterion, in the order of the claim's criteria.</summary>
    public IReadOnlyList<Measurement> Measured { get; }

    /// <summary>The largest number of runs behind a criterion.</summary>
    public int Seeds => Measured.Count == 0 ? 0 : Measured.Max(m => m.Count);

    /// <summary>True if the book records the same verdict, or none yet.</summary>
    public bool AgreesWithRecord => Claim.Recorded is null || Claim.Recorded == Outcome;

    /// <inheritdoc/>
    public override string ToString() => ClaimText.Plain(this);

    private static VerdictKind Decide(IReadOnlyList<Measurement> measured)
    {
        if (measured.Count == 0)
        {
            return VerdictKind.NotTested;
        }

        if (measured.Where(m => !m.Criterion.ForQualified).All(m => m.Holds))
        {
            return VerdictKind.Reproduced;
        }

        var underCondition = measured.Where(m => m.Criterion.ForQualified).ToList();
        return underCondition.Count > 0 && underCondition.All(m => m.Holds) ? VerdictKind.Qualified : VerdictKind.Refuted;
    }
}
