using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Tests;

/// <summary>Every cell, activation, head and stack against central differences of the scalar reference in double.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Cells() => [.. RandomNet.Cells];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Answer_after_the_last_step(string cell) => Compare([cell], 7, 5, 3, 19, 2, everyStep: false, labels: false, seed: 1);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Answer_after_every_step(string cell) => Compare([cell], 5, 3, 2, 17, 4, everyStep: true, labels: true, seed: 2);

    [Theory]
    [InlineData("ReLU", "Tanh")]
    [InlineData("LSTM", "lstm")]
    [InlineData("gru", "residual")]
    [InlineData("lstm", "gru")]
    public void Two_layers(string first, string second)
    {
        var cells = new[] { first, second }.Select(name => RandomNet.Cells.First(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)));
        Compare([.. cells], 4, 3, 2, 18, 3, everyStep: false, labels: true, seed: 3);
        Compare([.. cells], 4, 3, 2, 5, 1, everyStep: true, labels: false, seed: 4);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Sequences_of_different_lengths(string cell)
    {
        Compare([cell], 6, 5, 3, 17, 2, everyStep: false, labels: true, seed: 5, lengths: [6, 1, 3, 2, 6]);
        Compare([cell, "lstm"], 5, 4, 2, 9, 3, everyStep: true, labels: false, seed: 6, lengths: [2, 4, 1, 3]);
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void An_embedding_before_the_layers(string cell)
    {
        Compare([cell], 6, 5, 3, 17, 2, everyStep: false, labels: false, seed: 7, ids: 8);
        Compare([cell, "Tanh"], 5, 4, 18, 9, 3, everyStep: true, labels: true, seed: 8, lengths: [2, 4, 5, 3], ids: 4);
    }

    /// <summary>
    /// In a small net drawn at random the terms of a gradient may cancel to a tenth of their size and less, and with them goes a digit of
    /// a float's seven. A wrong formula is off by far more.
    /// </summary>
    private const double RandomShapeTolerance = 10 * Close.Tolerance;

    /// <summary>Where rounding a loss near 1 costs 2e-8 of a gradient.</summary>
    private const double ShortStep = 1e-8;

    [Fact]
    public void Any_shape() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), CompareShape).QuickCheckThrowOnFailure();

    /// <summary>Among 2500 seeds these four let the usual step of a difference cross a kink.</summary>
    [Theory]
    [InlineData(13_010_917)]
    [InlineData(13_375_191)]
    [InlineData(16_059_732)]
    [InlineData(17_706_884)]
    public void A_difference_across_a_kink_is_not_held_against_the_gradient(int seed) => CompareShape(seed);

    /// <summary>Everything rests exactly on the kink of ReLU: f′(0) = 0 is the convention, so nothing flows back.</summary>
    [Fact]
    public void Relu_at_exactly_zero_has_slope_zero()
    {
        foreach (var kernels in Kernels.All)
        {
            var model = RandomNet.Model(["ReLU"], 2, 21, 1, everyStep: false, new RandomSource(1), kernels);
            foreach (var parameter in model.Layers[0].Parameters)
            {
                parameter.Value.Clear();
            }

            var batch = new Batch(new Tensor(4, 3, 2), RandomNet.Tensor(new RandomSource(2), 3, 1));
            model.LossAndGradients(batch, new MeanSquaredError());
            Assert.All(model.Layers[0].Parameters, parameter => Assert.All(parameter.Gradient.Span.ToArray(), g => Assert.Equal(0f, g)));
            Assert.NotEqual(0f, model.Head.Bias.Gradient[0]);
        }
    }

    /// <summary>The comparison notices a derivative that is wrong in one place: σ instead of σ′ of Swish, 1 % too much, and so on.</summary>
    [Theory]
    [InlineData(1.01)]
    [InlineData(-1)]
    public void A_wrong_derivative_is_caught(double factor)
    {
        var random = new RandomSource(5);
        var model = new SequenceModel(new Rnn(2, 9, new WrongDerivative(factor), random), new Linear(9, 1, random));
        var batch = RandomNet.Targets(4, 3, 2, 1, everyStep: false, random);
        model.LossAndGradients(batch, new MeanSquaredError());
        var error = Close.Error(new ReferenceNet(model).Gradient(1, batch).Span, model.Parameters[1].Gradient.Span);
        Assert.True(error > 100 * Close.Tolerance, $"An error of {error:G3} was not noticed.");
    }

    private static void CompareShape(int seed)
    {
        var random = new RandomSource((ulong)seed);
        var cells = RandomNet.Cells.ToArray();
        var (length, size) = (1 + random.NextInt(6), 1 + random.NextInt(11));
        Compare(
            [cells[random.NextInt(cells.Length)]], length, size, 1 + random.NextInt(20), 1 + random.NextInt(20), 1 + random.NextInt(5),
            everyStep: random.NextInt(2) == 0, labels: random.NextInt(2) == 0, (ulong)seed, RandomShapeTolerance,
            random.NextInt(2) == 0 ? null : [.. Enumerable.Range(0, size).Select(_ => 1 + random.NextInt(length))]);
    }

    private static void Compare(
        string[] cells, int length, int size, int inputs, int units, int outputs, bool everyStep, bool labels, ulong seed,
        double tolerance = Close.Tolerance, int[]? lengths = null, int? ids = null)
    {
        var random = new RandomSource(seed);
        var model = RandomNet.Model(cells, inputs, units, outputs, everyStep, random);
        var batch = labels
            ? RandomNet.Labels(length, size, ids is null ? inputs : 1, outputs, everyStep, random)
            : RandomNet.Targets(length, size, ids is null ? inputs : 1, outputs, everyStep, random);
        if (ids is { } count)
        {
            model = new SequenceModel(new Embedding(count, inputs, random), model.Layers, model.Head, everyStep);
            foreach (ref var id in batch.Inputs.Span)
            {
                id = random.NextInt(count);
            }
        }

        batch = labels ? new Batch(batch.Inputs, batch.Labels!) { Lengths = lengths } : new Batch(batch.Inputs, batch.Targets!) { Lengths = lengths };
        var reference = new ReferenceNet(model);
        var loss = model.LossAndGradients(batch, labels ? new SoftmaxCrossEntropy() : new MeanSquaredError());
        Assert.Equal(reference.Loss(batch), loss, 1e-5 * Math.Max(1, loss));

        // A parameter whose whole gradient is next to nothing (one class: all of it rounding) is compared on the scale of the largest.
        var gradients = model.Parameters.Select((_, i) => reference.Gradient(i, batch)).ToArray();
        var largest = gradients.Max(g => g.Span.ToArray().Max(Math.Abs));
        for (var i = 0; i < gradients.Length; i++)
        {
            var own = gradients[i].Span.ToArray().Max(Math.Abs);
            var allowed = (tolerance * Math.Max(own, 0.01 * largest)) + 1e-9;
            var error = Close.Error(gradients[i].Span, model.Parameters[i].Gradient.Span) * own;
            if (error > allowed)
            {
                // A step that crosses a kink, as of ReLU, makes the difference wrong. A shorter one, less exact, ends before it.
                error = Close.Error(reference.Gradient(i, batch, ShortStep).Span, model.Parameters[i].Gradient.Span) * own;
            }

            Assert.True(
                error <= allowed,
                $"{string.Join(" · ", cells)} T={length} B={size} I={inputs} H={units} O={outputs} every={everyStep}: {model.Parameters[i].Name} is off by {error / own:G3} of its largest entry.");
        }
    }

    /// <summary>tanh with a derivative that is off by a factor.</summary>
    private sealed class WrongDerivative(double factor) : Activation("wrong", "tanh x", -1, 1)
    {
        public override double Value(double x) => Math.Tanh(x);

        public override double Derivative(double x) => factor * (1 - (Math.Tanh(x) * Math.Tanh(x)));
    }
}
