namespace RnnBook.Tests;

/// <summary>A layer that is also called by itself, or stands in two models: each pass keeps its own numbers.</summary>
public sealed class SharedLayerTests
{
    public static TheoryData<string> Cells => ["Tanh", "GELU", "lstm", "gru"];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Single_steps_go_on_whatever_else_its_layers_do(string cell)
    {
        var random = new RandomSource(5);
        var layer = RandomNet.Layer(cell, 3, 9, random);
        var head = new Linear(9, 2, random);
        var (model, other) = (new SequenceModel(layer, head, everyStep: true), new SequenceModel(layer, head));
        var x = RandomNet.Tensor(random, 6, 2, 3);
        var expected = model.Forward(x).Copy();
        model.BeginSteps(2);
        for (var t = 0; t < 6; t++)
        {
            Assert.Equal(expected.Slice(t).ToArray(), model.Step(Tensor.From(x.Slice(t), 2, 3)).Span.ToArray());
            layer.Forward(RandomNet.Tensor(random, 3, 1 + (40 * t), 3));
            head.Forward(RandomNet.Tensor(random, 1 + t, 9));
            other.LossAndGradients(RandomNet.Targets(2, 60 - (10 * t), 3, 2, everyStep: false, random), new MeanSquaredError());
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_model_reads_its_own_states_and_gradients(string cell)
    {
        var random = new RandomSource(5);
        var layer = RandomNet.Layer(cell, 3, 9, random);
        var head = new Linear(9, 2, random);
        var (model, other) = (new SequenceModel(layer, head), new SequenceModel(layer, head));
        var batch = RandomNet.Targets(6, 2, 3, 2, everyStep: false, random);
        model.LossAndGradients(batch, new MeanSquaredError());
        var (state, gradient) = (model.NewState(2), model.NewState(2));
        model.ReadFinalState(state);
        model.ReadInitialStateGradient(gradient);
        foreach (var size in (int[])[1, 2, 500])
        {
            layer.Forward(RandomNet.Tensor(random, 3, size, 3));
            layer.Backward(RandomNet.Tensor(random, size, 9));
            other.LossAndGradients(RandomNet.Targets(4, size, 3, 2, everyStep: false, random), new MeanSquaredError());
            var (stateNow, gradientNow) = (model.NewState(2), model.NewState(2));
            model.ReadFinalState(stateNow);
            model.ReadInitialStateGradient(gradientNow);
            Same(state, stateNow);
            Same(gradient, gradientNow);
        }
    }

    [Fact]
    public void A_layer_shows_the_last_pass_whoever_ran_it_and_goes_back_through_it()
    {
        var random = new RandomSource(5);
        var layer = new Lstm(3, 9, random);
        var model = new SequenceModel(layer, new Linear(9, 2, random));
        var x = RandomNet.Tensor(random, 6, 2, 3);
        layer.Forward(RandomNet.Tensor(random, 2, 7, 3));
        model.Forward(x);
        var (states, cells) = (layer.States.Copy(), layer.CellStates.Copy());
        layer.Backward(RandomNet.Tensor(new RandomSource(1), 2, 9));
        var gradient = layer.WeightHh.Gradient.Copy();
        Assert.Equal([6, 2, 9], states.Shape.ToArray());

        var alone = new Lstm(3, 9, new RandomSource(5));
        Assert.Equal(states.Span.ToArray(), alone.Forward(x).Span.ToArray());
        Assert.Equal(cells.Span.ToArray(), alone.CellStates.Span.ToArray());
        alone.Backward(RandomNet.Tensor(new RandomSource(1), 2, 9));
        Assert.Equal(gradient.Span.ToArray(), alone.WeightHh.Gradient.Span.ToArray());
    }

    [Fact]
    public void An_initial_state_is_that_of_its_model_alone()
    {
        var random = new RandomSource(5);
        var layer = new Lstm(3, 9, random);
        var head = new Linear(9, 2, random);
        var (model, other) = (new SequenceModel(layer, head), new SequenceModel(layer, head));
        var x = RandomNet.Tensor(random, 6, 2, 3);
        var zeros = other.Forward(x).Copy();
        model.InitialState = model.NewState(2);
        model.InitialState.Cell[0]!.Fill(3);
        Assert.NotEqual(zeros.Span.ToArray(), model.Forward(x).Span.ToArray());
        Assert.Equal(zeros.Span.ToArray(), other.Forward(x).Span.ToArray());
        layer.Forward(x);
        Assert.Null(layer.InitialCell);
    }

    [Fact]
    public void A_single_step_cannot_be_gone_back_through()
    {
        var random = new RandomSource(5);
        var layer = new Gru(3, 9, random);
        var model = new SequenceModel(layer, new Linear(9, 2, random));
        model.BeginSteps();
        Assert.Throws<InvalidOperationException>(() => model.ReadFinalState(model.NewState(1)));
        model.Step(new Tensor(1, 3));
        Assert.Contains("single step", Assert.Throws<InvalidOperationException>(() => layer.Backward(new Tensor(1, 9))).Message);
        Assert.Equal([1, 1, 9], layer.States.Shape.ToArray());
    }

    [Fact]
    public void A_pass_that_broke_off_leaves_nothing_to_read_or_to_go_on_from()
    {
        var random = new RandomSource(5);
        var fuse = new Fuse();
        var layers = new RecurrentLayer[] { new Gru(3, 5, random), new Rnn(5, 5, fuse, random) };
        var model = new SequenceModel(layers, new Linear(5, 2, random));
        model.Forward(RandomNet.Tensor(random, 4, 2, 3));
        fuse.IsBlown = true;
        Assert.Throws<NotSupportedException>(() => model.Forward(RandomNet.Tensor(random, 4, 3, 3)));
        Assert.Throws<InvalidOperationException>(() => model.ReadFinalState(model.NewState(3)));
        Assert.Throws<InvalidOperationException>(() => layers[1].States);
        fuse.IsBlown = false;
        model.BeginSteps(2);
        model.Step(new Tensor(2, 3));
        fuse.IsBlown = true;
        Assert.Throws<NotSupportedException>(() => model.Step(new Tensor(2, 3)));
        fuse.IsBlown = false;
        Assert.Contains("BeginSteps", Assert.Throws<InvalidOperationException>(() => model.Step(new Tensor(2, 3))).Message);
    }

    [Fact]
    public void The_layers_of_a_dense_net_may_be_called_between_its_passes()
    {
        var net = new FeedForward([4, 6, 2], Activation.Tanh, new RandomSource(5));
        var (x, g) = (RandomNet.Tensor(new RandomSource(1), 3, 4), RandomNet.Tensor(new RandomSource(2), 3, 2));
        net.Forward(x);
        net.Backward(g);
        var expected = net.Parameters.Select(p => p.Gradient.Copy()).ToArray();
        foreach (var parameter in net.Parameters)
        {
            parameter.Gradient.Clear();
        }

        net.Forward(x);
        net.Layers[0].Forward(RandomNet.Tensor(new RandomSource(3), 3, 4));
        net.Layers[1].Forward(RandomNet.Tensor(new RandomSource(3), 50, 6));
        net.Backward(g);
        Assert.All(net.Parameters.Zip(expected), pair => Assert.Equal(pair.Second.Span.ToArray(), pair.First.Gradient.Span.ToArray()));
    }

    private static void Same(SequenceState expected, SequenceState actual)
    {
        Assert.All(expected.Hidden.Zip(actual.Hidden), pair => Assert.Equal(pair.First.Span.ToArray(), pair.Second.Span.ToArray()));
        Assert.All(expected.Cell.Zip(actual.Cell), pair => Assert.Equal(pair.First?.Span.ToArray(), pair.Second?.Span.ToArray()));
    }

    /// <summary>tanh that throws when told to.</summary>
    private sealed class Fuse() : Activation("fuse", "tanh x", -1, 1)
    {
        public bool IsBlown { get; set; }

        public override double Value(double x) => IsBlown ? throw new NotSupportedException() : Math.Tanh(x);

        public override double Derivative(double x) => 1 - (Math.Tanh(x) * Math.Tanh(x));
    }
}
