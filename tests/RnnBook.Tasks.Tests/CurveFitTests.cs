namespace RnnBook.Tests;

public class CurveFitTests
{
    [Fact]
    public void Slopes_belong_to_their_values()
    {
        foreach (var (curve, x) in from curve in new[] { CurveFit.Wave, (Func<double, (double Value, double Slope)>)CurveFit.Zigzag }
                                   from x in new[] { -1.9, -0.7, 0.13, 1.51 }
                                   select (curve, x))
        {
            Assert.Equal((curve(x + 1e-6).Value - curve(x - 1e-6).Value) / 2e-6, curve(x).Slope, 1e-5);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_agree_with_difference_quotients(bool slopesToo)
    {
        var fit = new CurveFit(CurveFit.Wave, slopesToo);
        var net = new FeedForward([1, 8, 1], Activation.Tanh, new RandomSource(3));
        fit.LossAndGradients(net, new RandomSource(5));
        var weight = net.Parameters[0];
        var gradients = weight.Gradient.Span.ToArray();
        for (var i = 0; i < 8; i++)
        {
            var kept = weight.Value.Span[i];
            double At(float value)
            {
                weight.Value.Span[i] = value;
                return fit.LossAndGradients(net, new RandomSource(5));
            }

            var quotient = (At(kept + 0.01f) - At(kept - 0.01f)) / 0.02;
            weight.Value.Span[i] = kept;
            Assert.Equal(quotient, gradients[i], 0.01 * (Math.Abs(quotient) + 0.1));
        }
    }

    [Fact]
    public void A_straight_net_has_its_weight_for_a_slope()
    {
        var net = new FeedForward([1, 1], Activation.Identity);
        net.Parameters[0].Value[0, 0] = 3;
        Assert.All(CurveFit.Answers(net), answer => Assert.Equal(3, answer.Slope, 1e-6));
        Assert.Throws<ArgumentException>(() => CurveFit.Answers(new FeedForward([2, 1], Activation.Relu)));
    }
}
