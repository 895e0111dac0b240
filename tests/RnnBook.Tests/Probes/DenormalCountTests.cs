namespace RnnBook.Tests;

public sealed class DenormalCountTests
{
    /// <summary>
    /// ½ a step: ∂L/∂h_t = 2^(t − T)·g. Powers from 2⁻¹²⁷ to 2⁻¹⁴⁹ are subnormal floats, 23 of T = 200 steps, and below them there is
    /// nothing. The flush ends the gradient at the first power below 1e-30 instead.
    /// </summary>
    [Fact]
    public void A_gradient_that_halves_passes_through_23_subnormal_steps()
    {
        var (model, batch) = Halving();
        var count = DenormalCount.Measure(model, batch, new MeanSquaredError());
        Assert.Equal(23.0 / 200, count.GradientShare, 1e-12);
        Assert.Equal(0, count.GradientShareFlushed);
        Assert.Equal(0, count.StateShare);
        Assert.Equal((16, 200 * 16), (count.Flushed, count.Gradients));
        Assert.StartsWith("subnormal: 0.00% of the states, 11.50% of the gradients without the flush, 0.00% with it; 16 of 3200", count.ToString().Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_stay_and_a_flush_that_is_off_flushes_nothing()
    {
        var (model, batch) = Halving();
        model.Layers[0].FlushBelow = 0;
        var count = DenormalCount.Measure(model, batch, new MeanSquaredError());
        Assert.Equal(count.GradientShare, count.GradientShareFlushed);
        Assert.Equal(0, count.Flushed);
        Assert.Equal((0f, false), (model.Layers[0].FlushBelow, model.Layers[0].RecordStateGradients));
    }

    [Fact]
    public void States_are_counted_too()
    {
        // The state itself halves each step from 1 on: 23 subnormal states in 200 steps.
        var (model, batch) = Halving();
        model.InitialState = model.NewState(1);
        model.InitialState.Hidden[0].Fill(1);
        Assert.Equal(23.0 / 200, DenormalCount.Measure(model, batch, new MeanSquaredError()).StateShare, 1e-12);
    }

    private static (SequenceModel Model, Batch Batch) Halving()
    {
        var rnn = new Rnn(1, 16, Activation.Identity);
        rnn.StartFrom(new RandomSource(1), Initializer.Identity(0.5f), Initializer.Zeros);
        var head = new Linear(16, 1);
        head.Weight.Value.Fill(1);
        head.Bias.Value.Clear();

        // L = (o − y)² with o = 0 and y = −½: ∂L/∂o = 1.
        return (new SequenceModel(rnn, head), new Batch(new Tensor(200, 1, 1), Tensor.From([-0.5f], 1, 1)));
    }
}
