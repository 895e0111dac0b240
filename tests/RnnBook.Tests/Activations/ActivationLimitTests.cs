namespace RnnBook.Tests;

/// <summary>What happens at the ends: NaN, ±∞, 0, the range, the kernels' agreement.</summary>
public class ActivationLimitTests
{
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    [Theory]
    [InlineData("identity", -Infinity, Infinity, 1, 1, 0)]
    [InlineData("sigmoid", 0, 1, 0, 0, 0.5)]
    [InlineData("tanh", -1, 1, 0, 0, 0)]
    [InlineData("ReLU", 0, Infinity, 0, 1, 0)]
    [InlineData("Leaky ReLU", -Infinity, Infinity, 0.01f, 1, 0)]
    [InlineData("PReLU", -Infinity, Infinity, 0.25, 1, 0)]
    [InlineData("ELU", -1, Infinity, 0, 1, 0)]
    [InlineData("GELU", 0, Infinity, 0, 1, 0)]
    [InlineData("Softplus", 0, Infinity, 0, 1, 0.69314718055994531)]
    [InlineData("Swish", 0, Infinity, 0, 1, 0)]
    public void Limits_and_zero(string name, double below, double above, double slopeBelow, double slopeAbove, double atZero)
    {
        var f = ActivationGoldenTests.Find(name);
        foreach (var huge in new[] { Infinity, double.MaxValue, float.MaxValue })
        {
            Assert.Equal(slopeBelow, f.Derivative(-huge));
            Assert.Equal(slopeAbove, f.Derivative(huge));
            if (double.IsFinite(below) || huge == Infinity)
            {
                Assert.Equal(below, f.Value(-huge));
            }

            if (double.IsFinite(above) || huge == Infinity)
            {
                Assert.Equal(above, f.Value(huge));
            }
        }

        Assert.Equal(atZero, f.Value(0.0));
        foreach (var length in new[] { 3, 60 })
        {
            var (x, value, slope) = (new float[length], new float[length], new float[length]);
            for (var i = 0; i < length; i++)
            {
                x[i] = (i % 3) switch { 0 => float.NegativeInfinity, 1 => 0, _ => float.PositiveInfinity };
            }

            f.Apply(x, value);
            f.ApplyDerivative(x, slope);
            for (var i = 0; i < length; i += 3)
            {
                Assert.Equal((float)below, value[i]);
                Assert.Equal((float)atZero, value[i + 1]);
                Assert.Equal((float)above, value[i + 2]);
                Assert.Equal((float)slopeBelow, slope[i]);
                Assert.Equal((float)slopeAbove, slope[i + 2]);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_passes_through(string name)
    {
        var f = ActivationGoldenTests.Find(name);
        Assert.True(double.IsNaN(f.Value(double.NaN)));
        Assert.True(double.IsNaN(f.Derivative(double.NaN)));
        for (var place = 0; place < 40; place++)
        {
            var (x, y) = (new float[40], new float[40]);
            x[place] = float.NaN;
            f.Apply(x, y);
            Assert.Equal([place], Enumerable.Range(0, 40).Where(i => float.IsNaN(y[i])));
            f.ApplyDerivative(x, y);
            Assert.Equal([place], Enumerable.Range(0, 40).Where(i => float.IsNaN(y[i])));
        }
    }

    [Fact]
    public void ReLU_slope_at_zero_is_zero_in_every_version()
    {
        var slope = new float[20];
        Activation.Relu.ApplyDerivative(new float[20], slope);
        Assert.All(slope, s => Assert.Equal(0f, s));
        Assert.Equal(0f, Activation.Relu.Derivative(0f));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_range_is_reached_and_not_left(string name)
    {
        var f = ActivationGoldenTests.Find(name);
        var coarse = Enumerable.Range(-6000, 12_001).Select(i => i / 100.0);
        var values = coarse.Concat(Enumerable.Range(-20_000, 20_000).Select(i => i / 10_000.0)).Select(x => f.Value(x)).ToArray();
        var (low, high) = f.Range;
        Assert.All([values.Min(), values.Max()], v => Assert.InRange(v, low - 1e-15, high));

        // Reached to 1e-8, or without a bound: the grid's own value at ±60.
        Assert.True(double.IsFinite(low) ? values.Min() - low < 1e-8 : values.Min() == f.Value(-60.0), $"{name} has its minimum at {values.Min():R}");
        Assert.True(double.IsFinite(high) ? high - values.Max() < 1e-8 : values.Max() == f.Value(60.0), $"{name} has its maximum at {values.Max():R}");
    }

    [Fact]
    public void The_kernels_may_take_the_slope_from_the_output()
    {
        Func<double, double, double> fromOutput(Activation f) => f.Kind switch
        {
            ActivationKind.Identity => (_, _) => 1,
            ActivationKind.Relu => (h, _) => h > 0 ? 1 : 0,
            ActivationKind.LeakyRelu => (h, a) => h > 0 ? 1 : a,
            ActivationKind.Elu => (h, a) => h > 0 ? 1 : h + a,
            ActivationKind.Sigmoid => (h, _) => h * (1 - h),
            ActivationKind.Tanh => (h, _) => 1 - (h * h),
            _ => (_, _) => double.NaN,
        };

        Activation[] kernels = [.. Activation.All.Where(f => f.Kind != ActivationKind.Other), new PRelu(2), new Elu(0.5f), new LeakyRelu(3)];
        Assert.Equal(7 + 3, kernels.Length);
        foreach (var f in kernels)
        {
            for (var x = -5.0; x <= 5; x += 0.25)
            {
                Assert.Equal(f.Derivative(x), fromOutput(f)(f.Value(x), f.Slope), 1e-14);
            }
        }

        Assert.Equal(ActivationKind.Other, new PRelu(-0.5f).Kind);
    }

    [Fact]
    public void Constants_that_make_no_sense_are_refused()
    {
        Assert.All([0f, -1f, float.NaN, float.PositiveInfinity], bad =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyRelu(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Elu(bad));
        });
        Assert.All([float.NaN, float.NegativeInfinity], bad => Assert.Throws<ArgumentOutOfRangeException>(() => new PRelu(bad)));
    }

    [Fact]
    public void They_print_what_they_are()
    {
        Assert.Equal("ReLU: max(0, x), range 0 … ∞", Activation.Relu.ToString());
        Assert.Equal("tanh: tanh x, range -1 … 1", Activation.Tanh.ToString());
        Assert.Equal("Leaky ReLU: x > 0 ? x : 0.01·x, range −∞ … ∞", Activation.LeakyRelu.ToString());
    }
}
