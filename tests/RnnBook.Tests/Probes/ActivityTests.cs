namespace RnnBook.Tests;

/// <summary>Counting units.</summary>
public class ActivityTests
{
    [Fact]
    public void Counts_active_zero_and_dead()
    {
        // Two steps, one sequence, four units: the third is dead, the fourth only negative.
        var states = Tensor.From([1, 0, 0, -1, 0, 2, 0, -3], 2, 1, 4);
        var activity = Activity.Measure(states);
        Assert.Equal(2.0 / 8, activity.ActiveShare);
        Assert.Equal(4.0 / 8, activity.Sparsity);
        Assert.Equal([2], activity.DeadUnits);
        Assert.Equal(0.25, activity.DeadShare);
        Assert.Equal(double.NaN, activity.SaturatedShare);
        Assert.Equal(double.NaN, Activity.Measure(states, Activation.Relu).SaturatedShare);
    }

    [Fact]
    public void Saturation_is_nearness_to_a_bound()
    {
        Assert.Equal(0.5, Activity.Measure(Tensor.From([0.995f, -0.995f, 0.985f, 0], 1, 4), Activation.Tanh).SaturatedShare);
        Assert.Equal(0.5, Activity.Measure(Tensor.From([0.996f, 0.004f, 0.994f, 0.006f], 1, 4), Activation.Sigmoid).SaturatedShare);
    }

    [Fact]
    public void A_ReLU_layer_is_active_or_exactly_zero()
    {
        var rnn = new Rnn(2, 50, Activation.Relu, new RandomSource(1));
        rnn.BiasIh.Value[7] = -100;
        var x = new Tensor(20, 5, 2);
        Initializer.Gaussian(1).Fill(x, new RandomSource(2));
        var activity = Activity.Measure(rnn.Forward(x));
        Assert.Equal(1, activity.ActiveShare + activity.Sparsity, 1e-12);
        Assert.Contains(7, activity.DeadUnits);
        Assert.InRange(activity.Sparsity, 0.2, 0.8);
        Assert.Contains("of 50 units dead", activity.ToString());
    }

    [Fact]
    public void Nothing_to_count_is_refused()
    {
        Assert.Contains("[0×2]", Assert.Throws<ArgumentException>(() => Activity.Measure(new Tensor(0, 2))).Message);
        Assert.Throws<ArgumentException>(() => Activity.Measure(new Tensor(2)));
    }
}
