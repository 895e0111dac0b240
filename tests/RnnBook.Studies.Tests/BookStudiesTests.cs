namespace RnnBook.Tests;

/// <summary>The studies of the book and what is recorded of them.</summary>
public class BookStudiesTests
{
    public static TheoryData<string> Names => [.. StudyList.All.Select(study => study.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_recorded_is_what_the_study_asks_for_and_all_of_it(string name)
    {
        var study = StudyList.Named(name);
        var recorded = Recorded(name);
        Assert.Empty(study.Missing(recorded));
        Assert.Empty(recorded.Select(run => run.Key).Except(study.Plan(recorded)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Confirming_seeds_are_enough_and_apart_from_developing_ones(string name)
    {
        var seeds = Recorded(name).Select(run => run.Key.Seed).Where(seed => seed >= 1000).Distinct().ToList();
        var fewest = StudyList.Named(name).Claims.Count == 0 ? 1 : 10;
        Assert.True(seeds.Count >= fewest, $"{seeds.Count} confirming seeds");
    }

    /// <summary>The first updates of a recorded run come out again; the whole run is repeated by `book study verify` and in the chapters.</summary>
    [Theory]
    [InlineData("race")]
    [InlineData("stability")]
    [InlineData("copy")]
    [InlineData("windows")]
    [InlineData("start-scale")]
    [InlineData("gates")]
    [InlineData("stacks")]
    [InlineData("choice")]
    public void A_recorded_run_begins_as_recorded(string name)
    {
        var recorded = Recorded(name).First(run => run.Outcome.Head.Count == RunOutcome.HeadUpdates.Count);
        var again = StudyList.Named(name).Run(recorded.Key, new RunWatch(MostUpdates: 100));
        Assert.Equal(recorded.Outcome.Head.Count, again.Head.Count);
        Assert.All(recorded.Outcome.Head.Zip(again.Head), pair => Assert.Equal(pair.First, pair.Second, StudyVerifier.Tolerance * Math.Max(1e-3, Math.Abs(pair.First))));
    }

    [Fact]
    public void An_unknown_study_or_contestant_is_named_with_those_there_are()
    {
        Assert.Contains("There are: gradient-map, depth,", Assert.Throws<KeyNotFoundException>(() => StudyList.Named("x")).Message);
        Assert.Contains("No contestant is called \"x\": there are IRNN,", Assert.Throws<KeyNotFoundException>(() => Contestant.Named("x")).Message);
    }

    [Theory]
    [InlineData("ReLU", 1, -0.34657)]
    [InlineData("ReLU", 1.4142135623730951, 0)]
    [InlineData("ReLU", 2, 0.34657)]
    public void The_mean_field_theory_of_relu_is_ln_g_and_half_ln_half(string net, double gain, double expected) =>
        Assert.Equal(expected, MeanFieldStudy.Predicted(net, gain), 0.005);

    private static StudyResults Recorded(string name) =>
        StudyResults.Load(Path.Combine(Clone.Root, "data", "results", name + ".jsonl"));
}
