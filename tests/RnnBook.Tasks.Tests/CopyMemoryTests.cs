namespace RnnBook.Tests;

public class CopyMemoryTests
{
    [Theory]
    [InlineData(1, 8, 10)]
    [InlineData(30, 8, 10)]
    [InlineData(5, 2, 1)]
    public void The_layout_is_symbols_blanks_sign_blanks_and_the_answer_repeats_the_symbols_at_the_end(int delay, int symbols, int length)
    {
        var task = new CopyMemory(delay, symbols, length);
        var batch = task.TestBatch(4, 3);
        Assert.Equal((delay + (2 * length), symbols + 2, symbols + 1), (batch.Length, task.InputSize, task.OutputSize));
        for (var b = 0; b < 4; b++)
        {
            var shown = Enumerable.Range(0, batch.Length).Select(t => Shown(batch, t, b)).ToList();
            var asked = Enumerable.Range(0, batch.Length).Select(t => batch.Labels![(t * 4) + b]).ToList();
            var text = shown.Take(length).ToList();
            Assert.All(text, s => Assert.InRange(s, 0, symbols - 1));
            Assert.All(shown.Skip(length).Take(delay - 1), s => Assert.Equal(symbols, s));
            Assert.Equal(symbols + 1, shown[length + delay - 1]);
            Assert.All(shown.Skip(length + delay), s => Assert.Equal(symbols, s));
            Assert.All(asked.Take(length + delay), s => Assert.Equal(symbols, s));
            Assert.Equal(text, asked.Skip(length + delay));
        }
    }

    [Fact]
    public void All_symbols_come_equally_often()
    {
        const int draws = 5000;
        var task = new CopyMemory(1);
        var labels = task.TestBatch(draws, 4).Labels!.Where(label => label < 8).ToList();
        Assert.Equal(10 * draws, labels.Count);
        var standardError = Math.Sqrt(0.125 * 0.875 / labels.Count);
        Assert.All(Enumerable.Range(0, 8), s =>
            Assert.InRange(labels.Count(l => l == s) / (double)labels.Count, 0.125 - (5 * standardError), 0.125 + (5 * standardError)));
    }

    /// <summary>The memoryless answer: sure of the blank until the sign has come, then all symbols alike.</summary>
    [Fact]
    public void Who_remembers_nothing_pays_the_baseline_and_gets_one_symbol_in_eight()
    {
        var task = new CopyMemory(delay: 12);
        var batch = task.TestBatch(500, 5);
        var output = new Tensor(task.SequenceLength, 500, task.OutputSize);
        for (var t = 0; t < task.SequenceLength; t++)
        {
            var blank = t < task.SequenceLength - task.Length ? 100 : -100;
            for (var b = 0; b < 500; b++)
            {
                output[t, b, task.Symbols] = blank;
            }
        }

        Assert.Equal(task.Baseline, task.Loss.Evaluate(output, batch, null), 1e-6);
        Assert.Equal(10 * Math.Log(8) / 32, task.Baseline, 1e-12);
        Assert.InRange(task.Accuracy(output, batch), 0.1, 0.15);
    }

    [Fact]
    public void Accuracy_counts_the_repeated_symbols_only()
    {
        var task = new CopyMemory(delay: 3, symbols: 4, length: 2);
        var batch = task.TestBatch(2, 6);
        var output = new Tensor(task.SequenceLength, 2, task.OutputSize);
        for (var i = 0; i < batch.Labels!.Length; i++)
        {
            output.Span[(i * task.OutputSize) + batch.Labels[i]] = 1;
        }

        Assert.Equal(1, task.Accuracy(output, batch));
        output.Slice(task.SequenceLength - 1).Fill(float.NaN);
        Assert.Equal(0.5, task.Accuracy(output, batch));
        output.Slice(0).Fill(float.NaN);
        Assert.Equal(0.5, task.Accuracy(output, batch));
    }

    [Fact]
    public void The_same_seed_draws_the_same_data_and_refilling_leaves_nothing_behind()
    {
        var task = new CopyMemory(4);
        var used = task.TestBatch(8, 1);
        task.Fill(used, new RandomSource(2));
        Assert.Equal(task.TestBatch(8, 2).Inputs.Span.ToArray(), used.Inputs.Span.ToArray());
        Assert.Equal(task.TestBatch(8, 2).Labels, used.Labels);
        Assert.NotEqual(task.TestBatch(8, 3).Labels, used.Labels);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CopyMemory(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CopyMemory(1, symbols: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CopyMemory(1, length: 0));
        var valued = new Batch(new Tensor(30, 2, 10), new Tensor(30, 2, 9));
        var refusal = Assert.Throws<ArgumentException>(() => new CopyMemory(10).Fill(valued, new RandomSource(1)));
        Assert.Contains("asks for 60 labels, but the batch is: Batch: inputs [30×2×10], targets [30×2×9]", refusal.Message);
    }

    private static int Shown(Batch batch, int t, int b)
    {
        var oneHot = Enumerable.Range(0, batch.Inputs.Shape[2]).Select(f => batch.Inputs[t, b, f]).ToList();
        Assert.Equal(1, oneHot.Sum());
        return oneHot.IndexOf(1);
    }
}
