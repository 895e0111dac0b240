namespace RnnBook;

/// <summary>A claim with what was measured and what follows. In a notebook it shows itself as a badge.</summary>
[TypeFormatterSource(typeof(VerdictFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class Verdict
{
    internal Verdict(Claim claim, IReadOnlyList<Measurement> measured)
    {
        (Claim, Measured, Outcome) = (claim, measured, Decide(claim, measured));
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

    private static VerdictKind Decide(Claim claim, IReadOnlyList<Measurement> measured)
    {
        if (measured.Count == 0)
        {
            return VerdictKind.NotTested;
        }

        var asStated = StateOf(measured.Where(m => m.Criterion.Use != CriterionUse.Qualified));
        if (asStated == CriterionState.Holds)
        {
            return claim.Kind == ClaimKind.Definition ? VerdictKind.Checked : VerdictKind.Reproduced;
        }

        if (asStated == CriterionState.Undecided)
        {
            return VerdictKind.Undecided;
        }

        return measured.All(m => m.Criterion.Use == CriterionUse.Stated) ? VerdictKind.Refuted
            : StateOf(measured.Where(m => m.Criterion.Use != CriterionUse.Stated)) switch
            {
                CriterionState.Holds => VerdictKind.Qualified,
                CriterionState.Fails => VerdictKind.Refuted,
                _ => VerdictKind.Undecided,
            };
    }

    /// <summary>All criteria together: one that fails is enough, and all must hold.</summary>
    private static CriterionState StateOf(IEnumerable<Measurement> measured)
    {
        var states = measured.Select(m => m.State).ToList();
        return states.Contains(CriterionState.Fails) ? CriterionState.Fails
            : states.Contains(CriterionState.Undecided) ? CriterionState.Undecided
            : CriterionState.Holds;
    }
}
