namespace RnnBook;

/// <summary>
/// Learn a function of one number, x from −2 to 2, from its values alone or from its values and its slopes: a task for which it counts
/// how smooth a net's answer is.
/// </summary>
/// <param name="curve">Value and slope at x.</param>
/// <param name="slopesToo">Whether the loss asks for the slope, too.</param>
public sealed class CurveFit(Func<double, (double Value, double Slope)> curve, bool slopesToo)
{
    private const int Points = 64, GridPoints = 400;

    /// <summary>Half the distance over which a slope is taken in training.</summary>
    private const float Step = 0.01f;

    private readonly Tensor x = new(2 * Points, 1), gradient = new(2 * Points, 1);

    /// <summary>A smooth curve: sin 3x · e^(−x²/2).</summary>
    public static (double Value, double Slope) Wave(double x)
    {
        var (sine, cosine) = Math.SinCos(3 * x);
        var bell = Math.Exp(-x * x / 2);
        return (sine * bell, ((3 * cosine) - (x * sine)) * bell);
    }

    /// <summary>A curve with kinks 0.8 apart, between straight pieces of slope 1 and −1.</summary>
    public static (double Value, double Slope) Zigzag(double x)
    {
        var phase = (x + 10) / 0.8 % 2;
        return phase < 1 ? (0.8 * (phase - 0.5), 1) : (0.8 * (1.5 - phase), -1);
    }

    /// <summary>
    /// Sets all gradients anew, for the mean squared error at 64 random points, of the value and, if asked for, of the slope. The slope
    /// is the difference quotient of two answers a little apart, so ordinary back-propagation through both gives its gradient.
    /// </summary>
    /// <param name="net">One input, one output.</param>
    /// <param name="draws">Where the points come from.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The net has other inputs or outputs.</exception>
    public double LossAndGradients(FeedForward net, RandomSource draws)
    {
        RequireFit(net);
        ArgumentNullException.ThrowIfNull(draws);
        for (var i = 0; i < Points; i++)
        {
            var middle = (float)draws.NextUniform(-2, 2);
            (x[i, 0], x[Points + i, 0]) = (middle - Step, middle + Step);
        }

        var y = net.Forward(x);
        var loss = 0.0;
        for (var i = 0; i < Points; i++)
        {
            var (value, slope) = curve((x[i, 0] + x[Points + i, 0]) / 2);
            var off = ((y[i, 0] + y[Points + i, 0]) / 2) - value;
            var slant = slopesToo ? ((y[Points + i, 0] - y[i, 0]) / (2 * Step)) - slope : 0;
            loss += ((off * off) + (slant * slant)) / Points;
            gradient[i, 0] = (float)((off - (slant / Step)) / Points);
            gradient[Points + i, 0] = (float)((off + (slant / Step)) / Points);
        }

        foreach (var parameter in net.Parameters)
        {
            parameter.Gradient.Clear();
        }

        net.Backward(gradient);
        return loss;
    }

    /// <summary>Values and slopes of the net at 400 points from −2 to 2, the slopes by back-propagation to the input.</summary>
    /// <param name="net">One input, one output.</param>
    /// <exception cref="ArgumentException">The net has other inputs or outputs.</exception>
    public static (double X, double Value, double Slope)[] Answers(FeedForward net)
    {
        RequireFit(net);
        var (points, ones) = (new Tensor(GridPoints, 1), new Tensor(GridPoints, 1));
        ones.Fill(1);
        for (var i = 0; i < GridPoints; i++)
        {
            points[i, 0] = (float)(-2 + (4 * (i + 0.5) / GridPoints));
        }

        var y = net.Forward(points);
        var slopes = net.Backward(ones, needInputGradient: true)!;
        return [.. Enumerable.Range(0, GridPoints).Select(i => ((double)points[i, 0], (double)y[i, 0], (double)slopes[i, 0]))];
    }

    /// <summary>Mean squared errors of value and slope over those points, each over the variance of what it should be.</summary>
    /// <param name="net">One input, one output.</param>
    /// <exception cref="ArgumentException">The net has other inputs or outputs.</exception>
    public (double Value, double Slope) Errors(FeedForward net)
    {
        var answers = Answers(net);
        var asked = answers.Select(answer => curve(answer.X)).ToArray();
        return (
            Relative([.. answers.Select(a => a.Value)], [.. asked.Select(a => a.Value)]),
            Relative([.. answers.Select(a => a.Slope)], [.. asked.Select(a => a.Slope)]));
    }

    private static double Relative(double[] answers, double[] asked)
    {
        var mean = asked.Average();
        return answers.Zip(asked, (a, b) => (a - b) * (a - b)).Average() / asked.Average(b => (b - mean) * (b - mean));
    }

    private static void RequireFit(FeedForward net)
    {
        ArgumentNullException.ThrowIfNull(net);
        if (net.InputSize != 1 || net.OutputSize != 1)
        {
            throw new ArgumentException($"A curve needs one input and one output, but this is {net}.", nameof(net));
        }
    }
}
