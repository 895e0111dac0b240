namespace RnnBook.Tests;

/// <summary>How contestants find their settings: one grid for all, and it grows until the best lie inside.</summary>
public class TuningTests
{
    private static readonly Tuning Tuning = new(["net"], run => run["score"]) { Hopeless = 100 };

    private static readonly IReadOnlyList<RunKey> Starts =
    [
        .. from net in new[] { "a", "b" }
           from start in new[] { "x", "y" }
           select new RunKey(("net", net), ("start", start), ("rate", 0), ("seed", 1)),
    ];

    [Fact]
    public void Nothing_grows_while_the_best_lie_inside()
    {
        var (recorded, chosen) = RunAll(0.01, 0.01);
        Assert.Equal(2 * 2 * 3 * 2, recorded.Count);
        Assert.All(chosen, choice => Assert.Empty(choice.AtEdge));
        Assert.Equal("""{"net":"a","start":"y","rate":0.01,"seed":1}""", chosen[0].Setting.ToString());
    }

    [Fact]
    public void The_grid_grows_for_all_on_the_side_where_somebody_is_best()
    {
        var (recorded, chosen) = RunAll(0.01, 0.3);
        Assert.Equal([0.003, 0.01, 0.03, 0.1, 0.3, 1], Rates(recorded, "b"));
        Assert.Equal(Rates(recorded, "b"), Rates(recorded, "a"));
        Assert.All(chosen, choice => Assert.Empty(choice.AtEdge));
    }

    [Fact]
    public void It_grows_on_both_sides()
    {
        var (recorded, _) = RunAll(0.001, 0.1);
        Assert.Equal([0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3], Rates(recorded, "a"));
    }

    [Fact]
    public void Who_learns_nothing_makes_no_grid_grow_and_is_named()
    {
        var (recorded, chosen) = RunAll(0.01, 0.3, worst: 1000);
        Assert.Equal([0.003, 0.01, 0.03], Rates(recorded, "b"));
        Assert.Equal((true, "b (rate 0.03)"), (chosen[1].LearnsNothing, chosen[1].ToString()));
    }

    [Fact]
    public void A_grid_that_stays_says_whose_best_lies_at_its_end()
    {
        var (recorded, chosen) = RunAll(0.01, 0.3, axis: GridAxis.Rate(0.003, 0.03).ThatStays);
        Assert.Equal([0.003, 0.01, 0.03], Rates(recorded, "b"));
        Assert.Equal("b (rate 0.03)", Assert.Single(chosen, choice => choice.AtEdge.Count > 0).ToString());
    }

    [Fact]
    public void The_ladder_ends_somewhere()
    {
        var (recorded, chosen) = RunAll(0.01, 1e6);
        Assert.Equal(10, Rates(recorded, "a").Max());
        Assert.Equal("b (rate 10)", Assert.Single(chosen, choice => choice.AtEdge.Count > 0).ToString());
    }

    [Fact]
    public void A_setting_whose_score_is_no_number_is_not_chosen()
    {
        RunRecord Run(double rate, double score) =>
            new(new(("net", "a"), ("rate", rate), ("seed", 1)), new RunOutcome("measured") { Measures = [("score", score)] }, null);
        Assert.Equal(0.01, Assert.Single(Tuning.Choose([Run(0.1, double.NaN), Run(0.01, 5), Run(0.001, 6)])).Setting.Number("rate"));
    }

    private static List<double> Rates(StudyResults recorded, string net) =>
        [.. recorded.Where(run => run.Key.Text("net") == net).Select(run => run.Key.Number("rate")).Distinct().Order()];

    /// <summary>Runs whatever is asked for; the score is the distance from the net's best rate, in decades, and start y is the better one.</summary>
    private static (StudyResults Recorded, IReadOnlyList<TunedChoice> Chosen) RunAll(double bestOfA, double bestOfB, double worst = 0, GridAxis? axis = null)
    {
        var recorded = new StudyResults();
        while (true)
        {
            var (runs, chosen) = Tuning.Plan(recorded, Starts, axis ?? GridAxis.Rate(0.003, 0.03));
            foreach (var key in runs.Where(key => !recorded.Contains(key)))
            {
                var best = key.Text("net") == "a" ? bestOfA : bestOfB;
                var score = Math.Abs(Math.Log10(key.Number("rate") / best)) + (key.Text("start") == "x" ? 1 : 0) + (key.Text("net") == "b" ? worst : 0);
                recorded.Add(new RunRecord(key, new RunOutcome("measured") { Measures = [("score", score)] }, null));
            }

            if (chosen is not null)
            {
                return (recorded, chosen);
            }
        }
    }
}
