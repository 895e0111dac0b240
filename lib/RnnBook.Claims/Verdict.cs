namespace RnnBook;

/// <summary>A claim with what was measured and what follows. In a notebook it shows itself as a badge.</summary>
[TypeFormatterSource(typeof(VerdictFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class Verdict
{
    internal Verdict(Claim claim, IReadOnlyList<Measurement> measured)
    {
        (Claim, Measured, Outcome) = (claim, measured, Decide(measured));
    }

    /// <summary>The claim.</summary>
    public Claim Claim { get; }

    /// <summary>What the measurement says.</summary>
    public VerdictKind Outcome { get; }

    /// <summary>What was measured, one entry a criterion, in the order of the claim's criteria.</summary>
    public IReadOnlyList<Measurement> Measured { get; }

    /// <summary>The largest number of runs behind a criterion.</summary>
    public int Seeds => Measured.Select(m => m.Count).DefaultIfEmpty().Max();

    /// <summary>True if the book records the same verdict, or none yet.</summary>
    public bool AgreesWithRecord => Claim.Recorded is null || Claim.Recorded == Outcome;

    /// <inheritdoc/>
    public override string ToString() => ClaimText.Plain(this);

    private static VerdictKind Decide(IReadOnlyList<Measurement> measured)
    {
        var asStated = measured.Where(m => !m.Criterion.ForQualified);
        var underCondition = measured.Where(m => m.Criterion.ForQualified);
        return measured.Count == 0 ? VerdictKind.NotTested
            : asStated.All(m => m.Holds) ? VerdictKind.Reproduced
            : underCondition.Any() && underCondition.All(m => m.Holds) ? VerdictKind.Qualified
            : VerdictKind.Refuted;
    }
}
