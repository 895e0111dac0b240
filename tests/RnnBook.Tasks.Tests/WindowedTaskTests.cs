namespace RnnBook.Tests;

public class WindowedTaskTests
{
    [Fact]
    public void A_window_shows_the_last_steps_oldest_first_and_zeros_before_the_start()
    {
        var (whole, windowed) = (new CopyMemory(5), new WindowedTask(new CopyMemory(5), 3));
        var (batch, seen) = (whole.TestBatch(4, 1), windowed.TestBatch(4, 1));
        Assert.Equal(batch.Labels, seen.Labels);
        for (var t = 0; t < whole.SequenceLength; t++)
        {
            for (var i = 0; i < 30; i++)
            {
                var step = t - 2 + (i / 10);
                Assert.Equal(step < 0 ? 0 : batch.Inputs[step, 2, i % 10], seen.Inputs[t, 2, i]);
            }
        }

        var last = new WindowedTask(new AddingProblem(9), 4);
        var (adding, tail) = (new AddingProblem(9).TestBatch(3, 1), last.TestBatch(3, 1));
        Assert.Equal((1, 8), (last.SequenceLength, last.InputSize));
        Assert.Equal([adding.Inputs[5, 1, 0], adding.Inputs[5, 1, 1], adding.Inputs[6, 1, 0]], tail.Inputs.Slice(0)[8..11].ToArray());
        Assert.Equal(adding.Targets!.Span.ToArray(), tail.Targets!.Span.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowedTask(new AddingProblem(9), 10));
    }
}
