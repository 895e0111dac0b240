namespace RnnBook.Tests;

/// <summary>Gradient norms whose closed form is known.</summary>
public class GradientFlowTests
{
    private static readonly Loss SquaredError = new MeanSquaredError();

    [Theory]
    [InlineData(0.8f)]
    [InlineData(1f)]
    [InlineData(1.2f)]
    public void A_linear_network_loses_or_gains_the_same_factor_every_step(float factor)
    {
        var model = Model(Activation.Identity, Initializer.Orthogonal(factor), length: 30, out var batch);
        var flow = GradientFlow.Measure(model, batch, SquaredError);
        Assert.Equal(factor, flow.FactorPerStepBack(), 1e-4);

        // Absolutely too: ∂L/∂h_T = w·∂L/∂y, and every step back multiplies its length.
        for (var t = 0; t < 30; t++)
        {
            Assert.Equal(Math.Pow(factor, 29 - t), flow.MeanNorms[0][t] / flow.MeanNorms[0][29], 1e-4 * Math.Pow(factor, 29 - t));
        }
    }

    [Fact]
    public void The_last_step_has_the_heads_gradient()
    {
        var model = Model(Activation.Tanh, Initializer.Orthogonal(), length: 5, out var batch);
        var flow = GradientFlow.Measure(model, batch, SquaredError);
        var y = model.Forward(batch.Inputs);
        var size = model.Head.Weight.Value.ToMatrix().L2Norm();

        // L = mean over 4 sequences of (y − target)², one output: ∂L/∂y = 2(y − target)/4.
        var each = Enumerable.Range(0, 4).Select(b => Math.Abs(y[b, 0] - batch.Targets![b, 0]) / 2 * size).ToArray();
        Assert.Equal(each.Average(), flow.MeanNorms[0][4], 1e-5 * each.Max());
        Assert.Equal(Math.Sqrt(each.Sum(e => e * e)), flow.TotalNorms[0][4], 1e-5 * each.Max());
    }

    [Fact]
    public void Measuring_changes_no_weight_and_leaves_the_recorder_as_it_was()
    {
        var model = Model(Activation.Relu, Initializer.Identity(), length: 6, out var batch);
        var before = model.Parameters.Select(parameter => parameter.Value.Copy()).ToArray();
        GradientFlow.Measure(model, batch, SquaredError);
        Assert.All(model.Parameters.Zip(before), pair => Assert.Equal(pair.Second.Span.ToArray(), pair.First.Value.Span.ToArray()));
        Assert.False(model.Layers[0].RecordStateGradients);

        model.Layers[0].RecordStateGradients = true;
        Assert.Equal(SquaredError.Evaluate(model.Forward(batch.Inputs), batch, null), GradientFlow.Measure(model, batch, SquaredError).Loss, 1e-12);
        Assert.True(model.Layers[0].RecordStateGradients);
    }

    [Fact]
    public void Every_layer_has_its_curve_and_an_LSTM_one_for_its_cell()
    {
        var random = new RandomSource(3);
        var model = new SequenceModel([new Lstm(2, 5, random), new Rnn(5, 3, Activation.Tanh, random)], new Linear(3, 1, random));
        var flow = GradientFlow.Measure(model, new AddingProblem(7).TestBatch(4, 1), SquaredError);
        Assert.Equal([7, 7], flow.MeanNorms.Select(curve => curve.Length));
        Assert.Equal([7, 0], flow.CellMeanNorms.Select(curve => curve.Length));
        Assert.All(flow.CellMeanNorms[0], norm => Assert.True(norm > 0));
        Assert.Equal(2, flow.ToString().Split(Environment.NewLine).Length);
        Assert.StartsWith("layer 0: ", flow.ToString());
    }

    [Fact]
    public void A_vanished_gradient_has_no_factor()
    {
        // No recurrent weight: nothing reaches the steps before the last.
        var model = Model(Activation.Identity, Initializer.Zeros, length: 4, out var batch);
        var flow = GradientFlow.Measure(model, batch, SquaredError);
        Assert.Equal([0, 0, 0], flow.MeanNorms[0].Take(3));
        Assert.Equal(double.NegativeInfinity, flow.Log10Norms()[0]);
        Assert.Equal(double.NaN, flow.FactorPerStepBack());
    }

    private static SequenceModel Model(Activation f, Initializer recurrent, int length, out Batch batch)
    {
        var random = new RandomSource(3);
        var rnn = new Rnn(2, 6, f).StartFrom(random, recurrent, Initializer.Gaussian(0.5f));
        batch = new AddingProblem(length).TestBatch(4, 1);
        return new SequenceModel(rnn, new Linear(6, 1, random));
    }
}
