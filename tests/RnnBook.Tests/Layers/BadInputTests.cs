namespace RnnBook.Tests;

/// <summary>Each kind of bad input: one clear exception that says where it is and names the shapes.</summary>
public sealed class BadInputTests
{
    public static TheoryData<float> NotFinite => [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void An_input_that_is_not_finite(float bad)
    {
        foreach (var cell in RandomNet.Cells)
        {
            var (model, batch) = Make(cell);
            batch.Inputs[2, 1, 0] = bad;
            var text = $"The inputs [5×3×2] hold {bad} at [2, 1, 0]";
            Says(text, () => model.Forward(batch.Inputs));
            Says(text, () => model.Forward(batch));
            Says(text, () => model.LossAndGradients(batch, new SoftmaxCrossEntropy()));
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_parameter_that_is_not_finite(float bad)
    {
        foreach (var cell in RandomNet.Cells)
        {
            for (var p = 0; p < 4; p++)
            {
                var (model, batch) = Make(cell);
                var parameter = model.Parameters[p];
                parameter.Value.Span[^1] = bad;
                var shape = parameter.Value.Shape.ToArray();
                var text = $"{parameter.Name} {parameter.Value.ShapeText} holds {bad} at [{string.Join(", ", shape.Select(n => n - 1))}]";
                Says(text, () => model.LossAndGradients(batch, new SoftmaxCrossEntropy()));
                if (float.IsNaN(bad))
                {
                    Says(text, () => model.Forward(batch));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_target_an_initial_state_or_a_single_step_that_is_not_finite(float bad)
    {
        var loss = new MeanSquaredError();
        var (model, batch) = Make("lstm");
        var targets = RandomNet.Tensor(new RandomSource(1), 3, 4);
        targets[1, 2] = bad;
        Says($"The targets [3×4] hold {bad} at [1, 2]", () => model.LossAndGradients(new Batch(batch.Inputs, targets), loss));

        var step = new Tensor(1, 2);
        step[0, 1] = bad;
        model.BeginSteps();
        Says($"The input [1×2] holds {bad} at [0, 1]", () => model.Step(step));

        var state = model.NewState(3);
        model.InitialState = state;
        foreach (var (tensor, name) in new[] { (state.Hidden[0], "state"), (state.Cell[0]!, "cell state") })
        {
            tensor[2, 4] = bad;
            var text = $"The initial {name} of layer 0 [3×5] holds {bad} at [2, 4]";
            Says(text, () => model.Forward(batch.Inputs));
            Says(text, () => model.Forward(batch));
            Says(text, () => model.LossAndGradients(batch, new SoftmaxCrossEntropy()));
            Says(text, () => model.BeginSteps(3));
            tensor.Clear();
        }

        model.Parameters[1].Value[3, 0] = bad;
        Says($"rnn.weight_hh_l0 [20×5] holds {bad} at [3, 0]", () => model.BeginSteps(3));
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void What_a_feed_forward_net_or_attention_reads(float bad)
    {
        var x = new Tensor(3, 2, 2);
        x[2, 1, 0] = bad;
        var net = new FeedForward([2, 3, 1], Activation.Tanh);
        Says($"x [3×2×2] holds {bad} at [2, 1, 0]", () => net.Forward(x));
        Says($"x [3×2×2] holds {bad} at [2, 1, 0]", () => net.LossAndGradients(new Batch(x, new Tensor(3, 2, 1)), new MeanSquaredError()));
        Says($"x [3×2×2] holds {bad} at [2, 1, 0]", () => new Attention(2, 3).Forward(x));
    }

    [Fact]
    public void A_model_may_overflow_by_itself()
    {
        var rnn = new Rnn(1, 4, Activation.Relu);
        rnn.StartFromIdentity(new RandomSource(1), 1, 10);
        var model = new SequenceModel(rnn, new Linear(4, 1));
        var x = new Tensor(60, 1, 1);
        x.Fill(1);
        Assert.False(float.IsFinite(model.Forward(x)[0, 0]));
    }

    [Fact]
    public void Training_data_that_is_not_finite_is_no_divergence()
    {
        var random = new RandomSource(1);
        var model = new SequenceModel(new Rnn(1, 4, null, random), new Linear(4, 1, random));
        Says("The inputs [2×16×1] hold NaN at [1, 0, 0]", () => new Trainer(model, new Broken(), new Sgd(0.1f)).Run(3));
    }

    [Fact]
    public void Shapes_lengths_and_labels()
    {
        var (model, batch) = Make("lstm");
        var loss = new SoftmaxCrossEntropy();
        Says("x is [5×3×7], but [any×any×2] is needed", () => model.Forward(new Tensor(5, 3, 7)));
        Says("x is [3×2], but", () => model.Forward(new Tensor(3, 2)));
        Says("x is [0×3×2]: there is no time step or no sequence in it", () => model.Forward(new Tensor(0, 3, 2)));
        Says("x is [5×0×2]: there is no time step or no sequence in it", () => model.LossAndGradients(new Batch(new Tensor(5, 0, 2), Array.Empty<int>()), loss));
        Says("Label 4 at 1 is out of range: 0 to 3", () => model.LossAndGradients(new Batch(batch.Inputs, [0, 4, 0]), loss));
        Says("Label -2 at 2 is out of range", () => model.LossAndGradients(new Batch(batch.Inputs, [0, 3, -2]), loss));
        Says("None of the 3 labels counts", () => model.LossAndGradients(new Batch(batch.Inputs, [-1, -1, -1]), loss));
        Says("4 labels do not fit inputs [5×3×2]: 3 or 15 are needed", () => new Batch(batch.Inputs, [0, 1, 2, 3]).ToString());
        Says("15 labels do not fit an output [3×4]", () => model.LossAndGradients(new Batch(batch.Inputs, new int[15]), loss));
        Says("The targets is [3×5], but [3×4] is needed", () => model.LossAndGradients(new Batch(batch.Inputs, new Tensor(3, 5)), new MeanSquaredError()));
        Says("Cross-entropy needs labels", () => model.LossAndGradients(new Batch(batch.Inputs, new Tensor(3, 4)), loss));
        Says("Mean squared error needs target values", () => model.LossAndGradients(batch, new MeanSquaredError()));
        Says("Sequence 2 has length 6, but lengths are 1 to T = 5", () => new Batch(batch.Inputs, [0, 1, 2]) { Lengths = [5, 5, 6] }.ToString());
        Says("Layer 1 reads 6 inputs, but layer 0 has 5 units", () => new SequenceModel([new Rnn(2, 5), new Gru(6, 5)], new Linear(5, 1)).ToString());
        Says("A layer stands twice in the model", () => Twice(new Rnn(5, 5)));
        Says("A tensor [60000×60000] would have 3600000000 elements", () => new Tensor(60_000, 60_000).ToString());
        Says("A tensor [2147483647×2147483647×2147483647] would have", () => new Tensor(int.MaxValue, int.MaxValue, int.MaxValue).ToString());
        Says("The head reads 6 inputs, but the last layer has 5 units", () => new SequenceModel(new Rnn(2, 5), new Linear(6, 1)).ToString());
    }

    /// <summary>What was never computed, or for fewer sequences, would be read from memory that holds something else.</summary>
    [Theory]
    [InlineData("Tanh")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Gradients_of_an_initial_state_that_never_went_back(string cell)
    {
        var (model, _) = Make(cell);
        model.Forward(new Tensor(5, 3, 2));
        Refuses("The last forward pass had 3 sequences, the last backward pass 0", 3);
        model.Layers[0].Backward(new Tensor(3, 5));
        model.ReadInitialStateGradient(model.NewState(3));
        model.Forward(new Tensor(5, 3000, 2));
        Refuses("The last forward pass had 3000 sequences, the last backward pass 3", 3000);

        void Refuses(string text, int size)
        {
            Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => model.Layers[0].InitialStateGradient).Message, StringComparison.Ordinal);
            Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => model.ReadInitialStateGradient(model.NewState(size))).Message, StringComparison.Ordinal);
            if (model.Layers[0] is Lstm lstm)
            {
                Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => lstm.InitialCellGradient).Message, StringComparison.Ordinal);
            }
        }
    }

    private static void Twice(Rnn layer) => new SequenceModel([layer, layer], new Linear(5, 1)).ToString();

    private static void Says(string text, Action action) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static (SequenceModel Model, Batch Batch) Make(string cell)
    {
        var random = new RandomSource(3);
        var model = RandomNet.Model([cell], 2, 5, 4, everyStep: false, random);
        return (model, RandomNet.Labels(5, 3, 2, 4, everyStep: false, random));
    }

    /// <summary>Draws NaN from its third batch on: one test set of 256 takes 16.</summary>
    private sealed class Broken : SequenceTask
    {
        private int draws;

        public Broken()
            : base(new MeanSquaredError()) => (Name, SequenceLength, InputSize, OutputSize) = ("broken", 2, 1, 1);

        protected override void Draw(Batch batch, RandomSource random, bool test)
        {
            batch.Inputs.Fill(0.5f);
            if (++draws > 17)
            {
                batch.Inputs[1, 0, 0] = float.NaN;
            }
        }
    }
}
