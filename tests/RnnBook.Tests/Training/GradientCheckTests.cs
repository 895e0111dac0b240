namespace RnnBook.Tests;

/// <summary>The check passes what is right, to the digits it promises, and finds what is wrong, where it is wrong.</summary>
public sealed class GradientCheckTests
{
    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Softplus")]
    [InlineData("residual")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Back_propagation_agrees_to_the_digits_that_float_leaves(string cell)
    {
        var (model, batch) = Make(cell);
        var before = model.Parameters.Select(p => p.Value.Copy()).ToArray();
        var check = GradientCheck.Measure(model, batch, new MeanSquaredError());
        Assert.True(check.Digits > 3, check.ToString());
        Assert.Equal(model.ParameterCount, check.Count);
        Assert.All(model.Parameters.Zip(before), pair => Assert.Equal(pair.Second.Span.ToArray(), pair.First.Value.Span.ToArray()));
        Assert.Matches(@"^\d\.\d digits over \d+ numbers; worst (rnn|head)\.\w+\[\d+(, \d+)?\]: gradient .*, difference ", check.ToString());
    }

    /// <summary>One number of one gradient, a hundredth too large or with the wrong sign: it is named.</summary>
    [Theory]
    [InlineData("rnn.weight_hh_l0", 1.02f)]
    [InlineData("rnn.bias_hh_l0", -1f)]
    [InlineData("head.weight", 0f)]
    [InlineData("rnn.weight_ih_l0", float.NaN)]
    public void A_planted_error_is_found_and_named(string name, float factor)
    {
        var (model, batch) = Make("lstm");
        var loss = new MeanSquaredError();
        model.LossAndGradients(batch, loss);
        var gradient = model.Parameters.Single(p => p.Name == name).Gradient;
        var largest = gradient.Span.ToArray().Select(Math.Abs).Max();
        var at = gradient.Span.ToArray().Select(Math.Abs).ToList().IndexOf(largest);
        gradient.Span[at] *= factor;
        var check = GradientCheck.Measure(model.Parameters, () => loss.Evaluate(model.Forward(batch), batch, null));
        Assert.Equal(name + gradient.IndexText(at), check.Worst);
        Assert.True(check.Digits < 2, check.ToString());
    }

    [Fact]
    public void In_double_ten_digits_are_left()
    {
        static double f(double[] x) => Math.Exp(Math.Sin(x[0]) * x[1]) + (x[2] * x[2] * x[2]);
        double[] point = [0.7, -1.3, 2.5];
        var e = Math.Exp(Math.Sin(0.7) * -1.3);
        double[] gradient = [e * Math.Cos(0.7) * -1.3, e * Math.Sin(0.7), 3 * 2.5 * 2.5];
        var check = GradientCheck.Measure(f, point, gradient);
        Assert.True(check.Digits > 9, check.ToString());
        Assert.Equal([0.7, -1.3, 2.5], point);
        gradient[1] *= 1.0001;
        Assert.Equal("x[1]", GradientCheck.Measure(f, point, gradient).Worst);
        Assert.Throws<ArgumentException>(() => GradientCheck.Measure(f, point, [1, 2]));
        Assert.Equal("all 2 numbers agree exactly", GradientCheck.Measure(x => x[0] - x[1], [0, 0], [1, -1]).ToString());
    }

    /// <summary>The steps are those at which the two errors balance: ten times longer or shorter ones do worse.</summary>
    [Fact]
    public void The_step_is_the_one_that_balances_the_errors()
    {
        double[] point = [.. Enumerable.Range(1, 60).Select(i => i * 0.05)];
        double[] gradient = [.. point.Select(x => Math.Exp(x) * (Math.Cos(3 * x) - (3 * Math.Sin(3 * x))))];
        double Error(double step) => GradientCheck.Measure(p => p.Sum(x => Math.Exp(x) * Math.Cos(3 * x)), point, gradient, step).Error;
        Assert.True(Error(GradientCheck.DoubleStep) < Error(10 * GradientCheck.DoubleStep));
        Assert.True(Error(GradientCheck.DoubleStep) < Error(GradientCheck.DoubleStep / 100));
    }

    [Fact]
    public void A_few_numbers_of_each_parameter_will_do()
    {
        var (model, batch) = Make("gru");
        var check = GradientCheck.Measure(model, batch, new MeanSquaredError(), perParameter: 4);
        Assert.Equal((5 * 4) + 2, check.Count);
        Assert.True(check.Digits > 3, check.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Measure(model, batch, new MeanSquaredError(), 0));
    }

    private static (SequenceModel Model, Batch Batch) Make(string cell)
    {
        var random = new RandomSource(6);
        var model = RandomNet.Model([cell], 2, 5, 2, everyStep: true, random);
        return (model, RandomNet.Targets(6, 4, 2, 2, everyStep: true, random));
    }
}
