namespace RnnBook;

/// <summary>
/// One row of the ledger: what a source claims, in the book's own words, and the thresholds, written down beforehand, that decide
/// about it. <see cref="Settle"/> turns measured numbers into a verdict.
/// </summary>
[TypeFormatterSource(typeof(ClaimFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class Claim
{
    internal Claim()
    {
    }

    /// <summary>Its number, such as "C8"; "A4a" for the first part of a claim that says two things.</summary>
    public required string Id { get; init; }

    /// <summary>The number in the source's list: "A4" for the parts "A4a" and "A4b".</summary>
    public string Number => Id.TrimEnd('a', 'b', 'c', 'd');

    /// <summary>Where it stands, such as "C §1".</summary>
    public required string Source { get; init; }

    /// <summary>The sort of statement.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>What is claimed.</summary>
    public required string Text { get; init; }

    /// <summary>The chapter that settles it, such as "07"; null while that chapter is not written.</summary>
    public string? Chapter { get; init; }

    /// <summary>The chapter that is to settle it, while there is none.</summary>
    public string? PlannedChapter { get; init; }

    /// <summary>Under which condition the claim is true, if it is "qualified".</summary>
    public string? Condition { get; init; }

    /// <summary>The measurable conditions; none for a claim that is not tested or still open.</summary>
    public required IReadOnlyList<Criterion> Criteria { get; init; }

    /// <summary>The verdict that the book records, to be compared with each new one; null while there is none.</summary>
    public VerdictKind? Recorded { get; init; }

    /// <summary>A remark for the ledger.</summary>
    public string? Note { get; init; }

    /// <summary>What was changed in its criteria after they were first measured against, oldest first.</summary>
    public IReadOnlyList<Amendment> Amendments { get; init; } = [];

    /// <summary>True if it is about time: on another machine, or a busy one, it may come out otherwise, which is shown and is no failure.</summary>
    public bool IsTiming { get; init; }

    /// <summary>Why it is not tested.</summary>
    public string? Why { get; init; }

    /// <summary>True while no chapter settles it.</summary>
    public bool IsOpen => Chapter is null;

    /// <summary>
    /// The verdict that follows from measured numbers. A criterion holds if the 95 % interval of its estimate lies wholly on the right side
    /// of the threshold, fails if wholly on the wrong side, and is undecided between. All criteria "for stated" hold: reproduced (a
    /// definition: checked). None fails, but one is undecided: undecided. One fails: what the criteria "for qualified" say, qualified,
    /// undecided or refuted; refuted if there are none. A claim without criteria that says why is not tested.
    /// </summary>
    /// <param name="measured">For each criterion its name and one value a run; one name may serve several criteria.</param>
    /// <exception cref="ArgumentException">
    /// A criterion without values, a name that is no criterion, a name twice, a NaN, or values that do not suit the estimate.
    /// </exception>
    /// <exception cref="InvalidOperationException">The row has neither criteria nor a reason not to be tested.</exception>
    public Verdict Settle(params (string Criterion, IEnumerable<double> Values)[] measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (Criteria.Count == 0 && Why is null)
        {
            throw new InvalidOperationException($"{Id} has no criteria: write them into claims.json before measuring.");
        }

        var values = new Dictionary<string, double[]>();
        var problems = new List<string>();
        var names = Criteria.Select(c => c.Name).Distinct().ToList();
        foreach (var (name, given) in measured)
        {
            var runs = given?.ToArray() ?? [];
            if (!values.TryAdd(name, runs))
            {
                problems.Add($"\"{name}\" was measured twice");
            }

            if (!names.Contains(name))
            {
                var known = names.Count == 0 ? "none" : string.Join(", ", names.Select(other => $"\"{other}\""));
                problems.Add($"there is no criterion \"{name}\" (there is: {known})");
            }
            else if (runs.Length == 0)
            {
                problems.Add($"\"{name}\" has no values");
            }

            if (Array.FindIndex(runs, double.IsNaN) is >= 0 and var at)
            {
                problems.Add($"\"{name}\" is NaN in run {at + 1} of {runs.Length}");
            }
        }

        problems.AddRange(names.Where(name => !values.ContainsKey(name)).Select(name => $"nothing was measured for \"{name}\""));
        if (problems.Count > 0)
        {
            throw new ArgumentException($"{Id} cannot be settled: {string.Join("; ", problems)}.", nameof(measured));
        }

        return new Verdict(this, [.. Criteria.Select(c => c.Judge(values[c.Name]))]);
    }

    /// <summary>One criterion, judged by other values than the chapter's: for a reader who attacks the verdict. The ledger does not see it.</summary>
    /// <param name="criterion">The criterion's name.</param>
    /// <param name="values">One value a run, at least one.</param>
    /// <exception cref="ArgumentException">There is no such criterion, or the values do not suit its estimate.</exception>
    public Measurement Attack(string criterion, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Criteria.FirstOrDefault(c => c.Name == criterion)?.Judge([.. values])
            ?? throw new ArgumentException($"{Id} has no criterion \"{criterion}\": there is {string.Join(", ", Criteria.Select(c => $"\"{c.Name}\"").Distinct())}.", nameof(criterion));
    }

    /// <inheritdoc/>
    public override string ToString() => ClaimText.Plain(this);
}
