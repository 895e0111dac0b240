namespace RnnBook.Tests;

/// <summary>Every derivative belongs to its value, and the check that says so can fail.</summary>
public class DerivativeTests
{
    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Derivative_equals_the_central_difference(string name) =>
        Assert.InRange(DerivativeCheck.WorstError(ActivationGoldenTests.Find(name)), 0, DerivativeCheck.Tolerance);

    [Theory]
    [InlineData(0.3f)]
    [InlineData(2f)]
    public void Other_constants_too(float constant)
    {
        foreach (Activation f in new Activation[] { new LeakyRelu(constant), new PRelu(-constant), new Elu(constant) })
        {
            Assert.InRange(DerivativeCheck.WorstError(f), 0, DerivativeCheck.Tolerance);
        }
    }

    [Fact]
    public void A_wrong_derivative_is_caught()
    {
        // A sigmoid in the place of its derivative, a tanh slope from x instead of f(x), a forgotten mask, a sign, a small factor.
        Func<double, double>[] wrong =
        [
            x => 1 / (1 + Math.Exp(-x)),
            x => 1 - (x * x),
            _ => 1,
            x => -Activation.Tanh.Derivative(x),
            x => Activation.Tanh.Derivative(x) * 1.0000001,
        ];
        foreach (var derivative in wrong)
        {
            Assert.True(DerivativeCheck.WorstError(new Planted(derivative)) > DerivativeCheck.Tolerance);
        }

        Assert.InRange(DerivativeCheck.WorstError(new Planted(Activation.Tanh.Derivative)), 0, DerivativeCheck.Tolerance);
    }

    [Fact]
    public void At_the_kink_the_slope_is_the_one_from_below()
    {
        foreach (var zero in new[] { 0.0, -0.0 })
        {
            Assert.Equal(0, Activation.Relu.Derivative(zero));
            Assert.Equal(0.01f, Activation.LeakyRelu.Derivative(zero));
            Assert.Equal(0.25, Activation.PRelu.Derivative(zero));
            Assert.Equal(2, new Elu(2).Derivative(zero));
        }

        Assert.Equal(1, Activation.Relu.Derivative(double.Epsilon));
    }

    /// <summary>tanh with a derivative of one's choice.</summary>
    private sealed class Planted(Func<double, double> derivative) : Activation("planted", "tanh x", -1, 1)
    {
        public override double Value(double x) => Math.Tanh(x);

        public override double Derivative(double x) => derivative(x);
    }
}
