namespace RnnBook.Tests;

/// <summary>The widths of register agree, and nothing depends on threads, on what ran before, or on garbage.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> Cells() => [.. RandomNet.Cells];

    [Theory]
    [MemberData(nameof(Cells))]
    public void All_widths_agree(string cell)
    {
        var results = Kernels.All.Select(kernels =>
        {
            var random = new RandomSource(1);
            var model = RandomNet.Model([cell], 3, 37, 2, everyStep: true, random, kernels);
            var loss = model.LossAndGradients(RandomNet.Targets(9, 6, 3, 2, everyStep: true, random), new MeanSquaredError());
            return (kernels.Width, Loss: loss, Gradients: model.Parameters.Select(p => p.Gradient.Copy()).ToArray());
        }).ToArray();
        foreach (var result in results.Skip(1))
        {
            Assert.Equal(results[0].Loss, result.Loss, 1e-6 * results[0].Loss);
            for (var i = 0; i < result.Gradients.Length; i++)
            {
                Close.Assert(results[0].Gradients[i], result.Gradients[i], $"{result.Width} lanes, parameter {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void One_and_two_threads_give_the_same_bits(string cell)
    {
        foreach (var size in (int[])[1, 2, 5, 16, 33])
        {
            foreach (var everyStep in (bool[])[false, true])
            {
                var runs = new[] { 1, 2, 2 }.Select(threads =>
                {
                    var random = new RandomSource(7);
                    var model = RandomNet.Model([cell, "lstm"], 3, 23, 4, everyStep, random);
                    model.Threads = threads;
                    model.LossAndGradients(RandomNet.Labels(6, size, 3, 4, everyStep, random), new SoftmaxCrossEntropy());
                    return model.Parameters.SelectMany(p => p.Gradient.Span.ToArray()).ToArray();
                }).ToArray();
                Assert.Equal(runs[0], runs[1]);
                Assert.Equal(runs[0], runs[2]);
            }
        }
    }

    [Fact]
    public void A_sequence_has_the_same_states_in_any_batch()
    {
        var random = new RandomSource(3);
        var layer = new Gru(2, 21, random);
        var x = RandomNet.Tensor(random, 5, 13, 2);
        var all = layer.Forward(x).Copy();
        for (var b = 0; b < 13; b++)
        {
            var one = new Tensor(5, 1, 2);
            for (var t = 0; t < 5; t++)
            {
                (one[t, 0, 0], one[t, 0, 1]) = (x[t, b, 0], x[t, b, 1]);
            }

            var states = layer.Forward(one);
            for (var t = 0; t < 5; t++)
            {
                Assert.Equal(all.Slice(t).Slice(b * 21, 21).ToArray(), states.Slice(t).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Shapes_may_change_from_call_to_call(string cell)
    {
        var model = RandomNet.Model([cell, cell], 3, 18, 2, everyStep: false, new RandomSource(4));
        foreach (var (length, size) in ((int, int)[])[(6, 4), (2, 9), (11, 1), (6, 4), (300, 3), (1, 1), (6, 4)])
        {
            var batch = RandomNet.Targets(length, size, 3, 2, everyStep: false, new RandomSource(5));
            var loss = model.LossAndGradients(batch, new MeanSquaredError());
            var fresh = RandomNet.Model([cell, cell], 3, 18, 2, everyStep: false, new RandomSource(4));
            Assert.Equal(fresh.LossAndGradients(batch, new MeanSquaredError()), loss);
            foreach (var (a, b) in model.Parameters.Zip(fresh.Parameters))
            {
                Assert.Equal(b.Gradient.Span.ToArray(), a.Gradient.Span.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing(int threads)
    {
        foreach (var cell in RandomNet.Cells)
        {
            var random = new RandomSource(1);
            var model = RandomNet.Model([cell, cell], 2, 20, 3, everyStep: true, random);
            model.Threads = threads;
            var batch = RandomNet.Labels(12, 6, 2, 3, everyStep: true, random);
            var loss = new SoftmaxCrossEntropy();
            for (var i = 0; i < 3; i++)
            {
                model.LossAndGradients(batch, loss);
            }

            // A collection in between counts what was left of the thread's buffer, and the pool's queue grows now and then when the
            // machine is busy; a step that allocated would do so each time.
            var allocated = new long[20];
            for (var i = 0; i < allocated.Length; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                model.LossAndGradients(batch, loss);
                allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated.Order().ElementAt(allocated.Length / 2));
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Not_a_number_is_not_hidden(string cell)
    {
        foreach (var kernels in Kernels.All)
        {
            var layer = RandomNet.Layer(cell, 2, 5, new RandomSource(1));
            layer.Kernels = kernels;
            var x = RandomNet.Tensor(new RandomSource(2), 3, 2, 2);
            x[1, 0, 1] = float.NaN;
            var states = layer.Forward(x);
            Assert.All(states.Slice(0).ToArray(), h => Assert.False(float.IsNaN(h)));
            Assert.All(states.Slice(2)[..5].ToArray(), h => Assert.True(float.IsNaN(h)));
            Assert.All(states.Slice(2)[5..].ToArray(), h => Assert.False(float.IsNaN(h)));
        }
    }

    [Fact]
    public void Only_gradients_below_the_bound_are_flushed_and_only_those_not_yet_zero_are_counted()
    {
        // Gradients of an identity at t = 0 arrive unchanged: what is flushed shows in that of the bias.
        float[] gradients = [0, -0f, 1e-45f, -1e-45f, 9e-31f, -9e-31f, 1e-30f, -1e-30f, 1.1e-30f, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        float[] expected = [0, 0, 0, 0, 0, 0, 1e-30f, -1e-30f, 1.1e-30f, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (var kernels in Kernels.All)
        {
            var layer = new Rnn(1, gradients.Length, Activation.Identity, new RandomSource(1)) { Kernels = kernels };
            layer.Forward(new Tensor(1, 1, 1));
            var output = new Tensor(1, gradients.Length);
            gradients.CopyTo(output.Span);
            layer.Backward(output);
            Assert.Equal(expected, layer.BiasIh.Gradient.Span.ToArray());
            Assert.Equal(4, layer.FlushedGradients);
        }
    }

    /// <summary>Two batches take turns, so that a count left over from the pass before shows; two threads meet often enough in so many passes.</summary>
    [Fact]
    public void Two_threads_count_what_is_flushed_like_one()
    {
        var runs = new[] { 1, 2 }.Select(threads =>
        {
            var random = new RandomSource(1);
            var model = RandomNet.Model(["Tanh"], 2, 3, 1, everyStep: false, random);
            (model.Threads, model.Layers[0].FlushBelow) = (threads, 1e-3f);
            var batches = new[] { 4, 9 }.Select(length => RandomNet.Targets(length, 6, 2, 1, everyStep: false, random)).ToArray();
            return Enumerable.Range(0, 20_000).Select(i =>
            {
                model.LossAndGradients(batches[i % 2], new MeanSquaredError());
                return model.Layers[0].FlushedGradients;
            }).Distinct().ToArray();
        }).ToArray();
        Assert.Equal(2, runs[0].Length);
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void The_bound_of_the_flush_is_zero_or_more()
    {
        var layer = new Gru(1, 2) { FlushBelow = -0f };
        Assert.False(float.IsNegative(layer.FlushBelow));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.FlushBelow = -1e-30f);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.FlushBelow = float.NaN);
    }
}
