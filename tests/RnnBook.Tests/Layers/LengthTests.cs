namespace RnnBook.Tests;

/// <summary>Sequences of different lengths in one batch, and long ones in several windows: nothing may depend on how they were packed.</summary>
public sealed class LengthTests
{
    private static readonly int[] Lengths = [4, 9, 1, 7, 9, 2];

    public static TheoryData<string, bool> Nets()
    {
        var nets = new TheoryData<string, bool>();
        foreach (var cell in (string[])["ReLU", "Tanh", "GELU", "residual", "lstm", "gru"])
        {
            nets.Add(cell, false);
            nets.Add(cell, true);
        }

        return nets;
    }

    /// <summary>Forward the same bits; gradients to the rounding of sums in another order.</summary>
    [Theory]
    [MemberData(nameof(Nets))]
    public void A_masked_batch_is_its_sequences_one_by_one(string cell, bool everyStep)
    {
        var batch = Padded(RandomNet.Targets(9, 6, 3, 2, everyStep, new RandomSource(8)));
        var model = Model(cell, everyStep, 1);
        var loss = model.LossAndGradients(batch, new MeanSquaredError());
        var output = model.Forward(batch).Copy();
        var final = model.NewState(6);
        model.ReadFinalState(final);

        var alone = Model(cell, everyStep, 1);
        var gradients = alone.Parameters.Select(p => new Tensor(p.Value.Shape)).ToArray();
        var sum = 0.0;
        for (var b = 0; b < 6; b++)
        {
            var one = Sequence(batch, b);
            var share = everyStep ? (double)Lengths[b] / Lengths.Sum() : 1.0 / 6;
            sum += share * alone.LossAndGradients(one, new MeanSquaredError());
            foreach (var (total, parameter) in gradients.Zip(alone.Parameters))
            {
                for (var i = 0; i < total.Count; i++)
                {
                    total.Span[i] += (float)share * parameter.Gradient.Span[i];
                }
            }

            var answers = alone.Forward(one);
            for (var t = 0; t < (everyStep ? Lengths[b] : 1); t++)
            {
                var row = ((everyStep ? t * 6 : 0) + b) * 2;
                Assert.Equal(answers.Span.Slice(t * 2, 2).ToArray(), output.Span.Slice(row, 2).ToArray());
            }

            var state = alone.NewState(1);
            alone.ReadFinalState(state);
            Assert.Equal(state.Hidden[1].Span.ToArray(), final.Hidden[1].Slice(b).ToArray());
            Assert.Equal(state.Cell[0]?.Span.ToArray(), final.Cell[0] is { } c ? c.Slice(b).ToArray() : null);
        }

        Assert.Equal(sum, loss, 1e-6 * sum);
        foreach (var (expected, parameter) in gradients.Zip(model.Parameters))
        {
            Close.Assert(expected, parameter.Gradient, parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void What_stands_behind_the_end_does_not_matter(string cell, bool everyStep)
    {
        var (clean, dirty) = (Model(cell, everyStep, 1), Model(cell, everyStep, 1));
        var batch = RandomNet.Targets(9, 6, 3, 2, everyStep, new RandomSource(8));
        var loss = clean.LossAndGradients(Padded(batch), new MeanSquaredError());
        for (var b = 0; b < 6; b++)
        {
            for (var t = Lengths[b]; t < 9; t++)
            {
                batch.Inputs.Slice(t).Slice(b * 3, 3).Fill(float.NaN);
                if (everyStep)
                {
                    batch.Targets!.Slice(t).Slice(b * 2, 2).Fill(float.NaN);
                }
            }
        }

        Assert.Equal(loss, dirty.LossAndGradients(Padded(batch), new MeanSquaredError()));
        Assert.Equal(Gradients(clean), Gradients(dirty));
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void Masked_and_cut_passes_have_the_same_bits_on_two_threads_and_allocate_nothing(string cell, bool everyStep)
    {
        var runs = new[] { 1, 2, 2 }.Select(threads =>
        {
            var model = Model(cell, everyStep, threads);
            model.GradientWindow = 4;
            var batch = Padded(RandomNet.Targets(9, 6, 3, 2, everyStep, new RandomSource(8)));
            var state = model.NewState(6);
            model.InitialState = state;
            var loss = new MeanSquaredError();
            var allocated = new long[9];
            for (var i = 0; i < allocated.Length; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                model.LossAndGradients(batch, loss);
                model.ReadFinalState(state);
                allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated.Order().ElementAt(allocated.Length / 2));
            return Gradients(model);
        }).ToArray();
        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
    }

    /// <summary>Back-propagation cut every k steps = k steps at a time, the state carried on; the rest of T makes a shorter window.</summary>
    [Theory]
    [MemberData(nameof(Nets))]
    public void A_cut_gradient_is_that_of_windows_one_after_another(string cell, bool everyStep)
    {
        const int window = 4;
        var batch = RandomNet.Targets(10, 5, 3, 2, everyStep, new RandomSource(9));
        var whole = Model(cell, everyStep, 1);
        whole.GradientWindow = window;
        var loss = whole.LossAndGradients(batch, new MeanSquaredError());

        var parts = Model(cell, everyStep, 1);
        var state = parts.NewState(5);
        parts.InitialState = state;
        var gradients = parts.Parameters.Select(p => new Tensor(p.Value.Shape)).ToArray();
        var sum = 0.0;
        for (var start = 0; start < 10; start += window)
        {
            var steps = Math.Min(window, 10 - start);
            var x = Tensor.From(batch.Inputs.Span.Slice(start * 15, steps * 15), steps, 5, 3);
            var y = everyStep ? Tensor.From(batch.Targets!.Span.Slice(start * 10, steps * 10), steps, 5, 2) : batch.Targets!;
            var share = everyStep ? steps / 10.0 : start + steps == 10 ? 1 : 0;
            sum += share * parts.LossAndGradients(new Batch(x, y), new MeanSquaredError());
            parts.ReadFinalState(state);
            foreach (var (total, parameter) in gradients.Zip(parts.Parameters))
            {
                for (var i = 0; i < total.Count; i++)
                {
                    total.Span[i] += (float)share * parameter.Gradient.Span[i];
                }
            }
        }

        Assert.Equal(sum, loss, 1e-6 * sum);
        foreach (var (expected, parameter) in gradients.Zip(whole.Parameters))
        {
            Close.Assert(expected, parameter.Gradient, parameter.Name);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void A_window_of_T_or_more_cuts_nothing(int window)
    {
        var batch = RandomNet.Targets(10, 5, 3, 2, everyStep: true, new RandomSource(9));
        var (full, cut) = (Model("lstm", everyStep: true, 1), Model("lstm", everyStep: true, 1));
        cut.GradientWindow = window;
        full.LossAndGradients(batch, new MeanSquaredError());
        cut.LossAndGradients(batch, new MeanSquaredError());
        Assert.Equal(Gradients(full), Gradients(cut));
        cut.GradientWindow = 9;
        cut.LossAndGradients(batch, new MeanSquaredError());
        Assert.NotEqual(Gradients(full), Gradients(cut));
    }

    /// <summary>A sequence that ended in an early window still learns from its own last steps, and from no others.</summary>
    [Fact]
    public void A_window_counts_from_the_start_whatever_the_lengths()
    {
        var batch = Padded(RandomNet.Targets(9, 6, 3, 2, everyStep: false, new RandomSource(8)));
        var model = Model("gru", everyStep: false, 1);
        model.GradientWindow = 3;
        model.Layers[0].RecordStateGradients = true;
        model.LossAndGradients(batch, new MeanSquaredError());
        var gradients = model.Layers[0].StateGradients!;
        for (var b = 0; b < 6; b++)
        {
            var last = Lengths[b] - 1;
            for (var t = 0; t < 9; t++)
            {
                var some = gradients.Slice(t).Slice(b * 19, 19).ToArray().Any(g => g != 0);
                Assert.Equal(t <= last && t >= last / 3 * 3, some);
            }
        }
    }

    [Fact]
    public void A_state_goes_on_in_the_next_call()
    {
        var model = Model("lstm", everyStep: true, 1);
        var x = RandomNet.Tensor(new RandomSource(3), 8, 5, 3);
        var whole = model.Forward(x).Copy();
        var state = model.NewState(5);
        model.InitialState = state;
        for (var t = 0; t < 8; t++)
        {
            Assert.Equal(whole.Slice(t).ToArray(), model.Forward(Tensor.From(x.Slice(t), 1, 5, 3)).Span.ToArray());
            model.ReadFinalState(state);
        }

        state.Clear();
        Assert.Equal(whole.Span.ToArray(), model.Forward(x).Span.ToArray());
        model.InitialState = null;
        Assert.Equal(whole.Span.ToArray(), model.Forward(x).Span.ToArray());
    }

    [Fact]
    public void Lengths_and_states_that_do_not_fit_are_named()
    {
        var model = Model("lstm", everyStep: true, 1);
        var (x, y) = (new Tensor(9, 2, 3), new Tensor(9, 2, 2));
        Contains("Sequence 1 has length 0, but lengths are 1 to T = 9", () => new Batch(x, y) { Lengths = [9, 0] });
        Contains("Sequence 0 has length 10, but lengths are 1 to T = 9", () => model.Layers[0].Forward(x, null, [10, 1]));
        Contains("3 lengths, but 2 sequences", () => new Batch(x, y) { Lengths = [1, 2, 3] });
        var batch = new Batch(x, y) { Lengths = [9, 3] };
        batch.Lengths![1] = -1;
        Contains("Sequence 1 has length -1", () => model.LossAndGradients(batch, new MeanSquaredError()));
        model.InitialState = model.NewState(3);
        Contains("one of 3 sequences, but there are 2", () => model.Forward(x));
        Contains("does not belong to the model", () => model.InitialState = Model("gru", everyStep: true, 1).NewState(2));
        Assert.Throws<InvalidOperationException>(() => model.ReadFinalState(model.NewState(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GradientWindow = 0);
    }

    private static void Contains(string text, Action action) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static void Contains(string text, Func<Batch> make) => Contains(text, () => { make(); });

    private static SequenceModel Model(string cell, bool everyStep, int threads)
    {
        var model = RandomNet.Model([cell, "Tanh"], 3, 19, 2, everyStep, new RandomSource(7));
        model.Threads = threads;
        return model;
    }

    private static Batch Padded(Batch batch) => new(batch.Inputs, batch.Targets!) { Lengths = [.. Lengths] };

    /// <summary>One sequence of a batch by itself, without what stands behind its end.</summary>
    private static Batch Sequence(Batch batch, int b)
    {
        var (length, inputs, outputs) = (batch.Lengths![b], batch.Inputs.Shape[2], batch.Targets!.Shape[^1]);
        var everyStep = batch.Targets.Rank == 3;
        var x = new Tensor(length, 1, inputs);
        var y = everyStep ? new Tensor(length, 1, outputs) : new Tensor(1, outputs);
        for (var t = 0; t < length; t++)
        {
            batch.Inputs.Slice(t).Slice(b * inputs, inputs).CopyTo(x.Slice(t));
        }

        for (var t = 0; t < (everyStep ? length : 1); t++)
        {
            batch.Targets.Span.Slice(((t * (everyStep ? batch.Size : 0)) + b) * outputs, outputs).CopyTo(y.Slice(t));
        }

        return new Batch(x, y);
    }

    private static float[] Gradients(SequenceModel model) => [.. model.Parameters.SelectMany(p => p.Gradient.Span.ToArray())];
}
