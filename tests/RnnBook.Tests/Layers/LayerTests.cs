namespace RnnBook.Tests;

/// <summary>What layers and models promise besides the numbers: recordings, shortcuts of the API, and clear errors.</summary>
public sealed class LayerTests
{
    [Theory]
    [InlineData("ReLU")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_gradient_of_the_last_step_alone_equals_zeros_before_it(string cell)
    {
        var random = new RandomSource(1);
        var layer = RandomNet.Layer(cell, 2, 19, random);
        var x = RandomNet.Tensor(random, 6, 3, 2);
        var last = RandomNet.Tensor(random, 3, 19);
        layer.Forward(x);
        var short1 = layer.Backward(last, needInputGradient: true)!.Copy();
        var gradients = layer.Parameters.Select(p => p.Gradient.Copy()).ToArray();
        foreach (var parameter in layer.Parameters)
        {
            parameter.Gradient.Clear();
        }

        var all = new Tensor(6, 3, 19);
        last.Span.CopyTo(all.Slice(5));
        layer.Forward(x);
        Assert.Equal(short1.Span.ToArray(), layer.Backward(all, needInputGradient: true)!.Span.ToArray());
        Assert.All(layer.Parameters.Zip(gradients), pair => Assert.Equal(pair.Second.Span.ToArray(), pair.First.Gradient.Span.ToArray()));
    }

    /// <summary>∂L/∂h_t is what the loss changes by when h_t is nudged and the rest runs on: start a new sequence from a nudged h_t.</summary>
    [Theory]
    [InlineData("Tanh")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("residual")]
    public void Recorded_state_gradients_are_those_of_the_states(string cell)
    {
        var random = new RandomSource(2);
        var layer = RandomNet.Layer(cell, 2, 6, random);
        layer.RecordStateGradients = true;
        var x = RandomNet.Tensor(random, 5, 2, 2);
        var weights = RandomNet.Tensor(random, 5, 2, 6);
        var states = layer.Forward(x).Copy();
        layer.Backward(weights);
        var recorded = layer.StateGradients!.Copy();

        // From h_2 on (and c_2): the last three steps by themselves; L = Σ weights·h.
        var rest = Tensor.From(x.Span[(2 * 4)..], 3, 2, 2);
        var h2 = Tensor.From(states.Slice(1), 2, 6);
        if (layer is Lstm lstm)
        {
            lstm.InitialCell = Tensor.From(lstm.CellStates.Slice(1), 2, 6);
        }

        layer.Forward(rest, h2);
        layer.Backward(Tensor.From(weights.Span[(2 * 12)..], 3, 2, 6));
        var expected = Tensor.From(layer.InitialStateGradient.Span, 2, 6);
        for (var i = 0; i < expected.Count; i++)
        {
            expected.Span[i] += weights.Slice(1)[i];
        }

        Close.Assert(expected, Tensor.From(recorded.Slice(1), 2, 6), "∂L/∂h_2");
        layer.RecordStateGradients = false;
        layer.Backward(Tensor.From(weights.Span[(2 * 12)..], 3, 2, 6));
        Assert.Null(layer.StateGradients);
    }

    [Fact]
    public void Gradients_below_the_bound_are_flushed_and_counted()
    {
        var rnn = new Rnn(1, 16, Activation.Identity);
        Initializer.Identity(0.5f).Fill(rnn.WeightHh.Value, new RandomSource(1));
        rnn.RecordStateGradients = true;
        rnn.Forward(new Tensor(140, 1, 1));
        var ones = new Tensor(1, 16);
        ones.Fill(1);

        // 2⁻¹⁰⁰ is the first power of ½ below 1e-30 = 2^(−99.66): there the gradient ends, 16 units are flushed once.
        rnn.Backward(ones);
        Assert.Equal(16, rnn.FlushedGradients);
        Assert.Equal(MathF.Pow(2, -99), rnn.StateGradients![40, 0, 0]);
        Assert.Equal(MathF.Pow(2, -100), rnn.StateGradients[39, 0, 0]);
        Assert.Equal(0f, rnn.StateGradients[38, 0, 0]);

        rnn.FlushBelow = 0;
        rnn.Backward(ones);
        Assert.Equal(0, rnn.FlushedGradients);
        Assert.Equal(MathF.Pow(2, -139), rnn.StateGradients![0, 0, 0]);
    }

    [Fact]
    public void A_layer_starts_as_PyTorch_does()
    {
        var lstm = new Lstm(3, 25, new RandomSource(9));
        Assert.Equal([100, 3], lstm.WeightIh.Value.Shape.ToArray());
        Assert.Equal([100, 25], lstm.WeightHh.Value.Shape.ToArray());
        var values = lstm.Parameters.SelectMany(p => p.Value.Span.ToArray()).ToArray();
        Assert.InRange(values.Max(), 0.19f, 0.2f);
        Assert.InRange(values.Min(), -0.2f, -0.19f);
        Assert.Equal(0.04 / 3, values.Average(v => v * v), 1e-3);
    }

    [Fact]
    public void Parameters_of_a_model_are_named_as_in_PyTorch()
    {
        var model = new SequenceModel([new Lstm(2, 3), new Rnn(3, 4, Activation.Relu)], new Linear(4, 1));
        Assert.Equal(
            ["rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0", "rnn.weight_ih_l1", "rnn.weight_hh_l1", "rnn.bias_ih_l1", "rnn.bias_hh_l1", "head.weight", "head.bias"],
            model.Parameters.Select(p => p.Name));
        Assert.Same(model.Layers[1].WeightHh.Value, model.Parameters[5].Value);
        Assert.Equal(24 + 36 + 24 + 12 + 16 + 8 + 5, model.ParameterCount);
        Assert.Contains("Lstm: 2 → 3 · Rnn: 3 → 4, ReLU · Linear: 4 → 1", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_name_the_shapes()
    {
        var rnn = new Rnn(2, 4, Activation.Relu);
        Contains("[5×3×1]", () => rnn.Forward(new Tensor(5, 3, 1)));
        Contains("[0×3×2]", () => rnn.Forward(new Tensor(0, 3, 2)));
        Contains("[5×0×2]", () => rnn.Forward(new Tensor(5, 0, 2)));
        Contains("[3×5]", () => rnn.Forward(new Tensor(5, 3, 2), new Tensor(3, 5)));
        Assert.Throws<InvalidOperationException>(() => rnn.States);
        Assert.Throws<InvalidOperationException>(() => rnn.Backward(new Tensor(3, 4)));
        rnn.Forward(new Tensor(5, 3, 2));
        Contains("[4×3×4]", () => rnn.Backward(new Tensor(4, 3, 4)));
        Contains("[2×4]", () => rnn.Backward(new Tensor(2, 4)));
        Contains("5 inputs", () => _ = new SequenceModel(rnn, new Linear(5, 1)));
        Contains("3 inputs", () => _ = new SequenceModel([rnn, new Lstm(3, 4)], new Linear(4, 1)));
        Contains("[0×4]", () => new Linear(4, 1).Forward(new Tensor(0, 4)));
        var model = new SequenceModel(rnn, new Linear(4, 1));
        Contains("[5×3×7]", () => model.Forward(new Tensor(5, 3, 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Threads = 3);
    }

    private static void Contains(string text, Action action) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
