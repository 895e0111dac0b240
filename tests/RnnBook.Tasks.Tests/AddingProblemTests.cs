using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Tests;

public class AddingProblemTests
{
    [Fact]
    public void One_marker_stands_in_each_half_and_the_target_is_the_sum_of_the_marked_values() => Check.QuickThrowOnFailure(
        Prop.ForAll<int, int>((length, seed) =>
        {
            var task = new AddingProblem(2 + Math.Abs(length % 50));
            var batch = task.TestBatch(5, (ulong)seed);
            return Enumerable.Range(0, 5).All(b =>
            {
                var marked = Enumerable.Range(0, batch.Length).Where(t => batch.Inputs[t, b, 1] == 1).ToList();
                var blank = Enumerable.Range(0, batch.Length).Count(t => batch.Inputs[t, b, 1] == 0);
                return marked.Count == 2 && blank == batch.Length - 2
                    && marked[0] < task.SequenceLength / 2 && marked[1] >= task.SequenceLength / 2
                    && batch.Targets![b, 0] == batch.Inputs[marked[0], b, 0] + batch.Inputs[marked[1], b, 0];
            });
        }));

    [Fact]
    public void Every_place_of_each_half_is_marked_equally_often()
    {
        const int draws = 30_000;
        var batch = new AddingProblem(7).TestBatch(draws, 9);
        for (var t = 0; t < 7; t++)
        {
            var expected = t < 3 ? 1.0 / 3 : 1.0 / 4;
            var share = Enumerable.Range(0, draws).Count(b => batch.Inputs[t, b, 1] == 1) / (double)draws;
            var standardError = Math.Sqrt(expected * (1 - expected) / draws);
            Assert.InRange(share, expected - (5 * standardError), expected + (5 * standardError));
        }
    }

    /// <summary>
    /// (u₁ + u₂ − 1)² has mean 1/6 and fourth moment E(u₁ + u₂ − 1)⁴ = 1/15, so a mean over n draws strays by √((1/15 − 1/36) / n).
    /// </summary>
    [Fact]
    public void Always_answering_one_costs_the_baseline()
    {
        const int draws = 400_000;
        var task = new AddingProblem(2);
        var ones = new Tensor(draws, 1);
        ones.Fill(1);
        var cost = task.Loss.Evaluate(ones, task.TestBatch(draws, 17), null);
        var standardError = Math.Sqrt(((1.0 / 15) - (1.0 / 36)) / draws);
        Assert.InRange(cost, task.Baseline - (4 * standardError), task.Baseline + (4 * standardError));
        Assert.Equal(1.0 / 6, task.Baseline);
    }

    [Fact]
    public void The_same_seed_draws_the_same_data_and_refilling_leaves_nothing_behind()
    {
        var task = new AddingProblem(30);
        var used = task.TestBatch(8, 1);
        task.Fill(used, new RandomSource(2));
        Assert.Equal(task.TestBatch(8, 2).Inputs.Span.ToArray(), used.Inputs.Span.ToArray());
        Assert.Equal(task.TestBatch(8, 2).Targets!.Span.ToArray(), used.Targets!.Span.ToArray());
        Assert.NotEqual(task.TestBatch(8, 3).Inputs.Span.ToArray(), used.Inputs.Span.ToArray());
    }

    [Fact]
    public void Wrong_lengths_and_wrong_batches_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddingProblem(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddingProblem(5).NewBatch(0));
        AssertRefused("[6×2×2], but [5×any×2] is needed", new AddingProblem(6).NewBatch(2));
        AssertRefused("asks for targets [3×1], but the batch is: Batch: inputs [5×3×2], 3 labels", new Batch(new Tensor(5, 3, 2), new int[3]));
    }

    private static void AssertRefused(string message, Batch batch) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new AddingProblem(5).Fill(batch, new RandomSource(1))).Message);
}
