namespace RnnBook;

/// <summary>
/// Where smoothness matters, do smooth activations do better? Nets of 1-32-32-1 units learn a function of one number, from its values alone or from its
/// values and its slopes; a smooth function and one with kinks (D16).
/// </summary>
public sealed class SmoothTargetStudy : Study
{
    private const int Updates = 1500, Points = 64, Seeds = 20;

    /// <summary>Half the distance over which a slope is taken in training.</summary>
    private const float Step = 0.01f;

    private static readonly double[] Rates = [1e-3, 3e-3, 1e-2, 3e-2];
    private static readonly double[] Gains = [1, 2];

    /// <summary>What is asked for: values of the smooth function; its values and slopes; values and slopes of the one with kinks.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["smooth, values", "smooth, slopes too", "kinked, slopes too"];

    /// <summary>Activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "Leaky ReLU", "ELU", "Softplus", "Swish", "GELU", "tanh"];

    /// <inheritdoc/>
    public override string Name => "smooth-target";

    /// <inheritdoc/>
    public override string Question => "Where the slope of the answer counts, do smooth activations do better than ReLU?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["D16"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var plan = new List<RunKey>();
        foreach (var (target, net) in from target in Targets from net in Nets select (target, net))
        {
            var tuning = (from gain in Gains
                          from rate in Rates
                          from seed in new ulong[] { 1, 2 }
                          select new RunKey(("target", target), ("net", net), ("gain", gain), ("rate", rate), ("seed", seed))).ToList();
            plan.AddRange(tuning);
            if (tuning.All(recorded.Contains))
            {
                var best = tuning.GroupBy(key => key.Without("seed")).MinBy(keys => keys.Average(key => Score(recorded.Find(key)!)))!.Key;
                plan.AddRange(Enumerable.Range(0, Seeds).Select(i => best.With("seed", 1000UL + (ulong)i)));
            }
        }

        return plan;
    }

    /// <summary>Confirming runs of an activation on a target, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string target, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return [.. recorded.Where(r => r.Key.Seed >= 1000 && r.Key.Text("target") == target && r.Key.Text("net") == net).OrderBy(r => r.Key.Seed)];
    }

    /// <summary>A target's value and slope at x, −2 to 2: sin 3x · e^(−x²/2), or a zigzag of slopes ±1 whose kinks stand 0.8 apart.</summary>
    public static (double Value, double Slope) At(string target, double x)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.StartsWith("smooth", StringComparison.Ordinal))
        {
            var (sine, cosine) = Math.SinCos(3 * x);
            var bell = Math.Exp(-x * x / 2);
            return (sine * bell, ((3 * cosine) - (x * sine)) * bell);
        }

        var phase = (x + 10) / 0.8 % 2;
        return phase < 1 ? (0.8 * (phase - 0.5), 1) : (0.8 * (1.5 - phase), -1);
    }

    /// <summary>A net as it starts: PyTorch's usual one, whose biases spread the kinks, times a gain.</summary>
    public static FeedForward Start(string net, double gain, RandomSource random)
    {
        var made = new FeedForward([1, 32, 32, 1], Activation.All.First(f => f.Name == net), random);
        foreach (var parameter in made.Parameters.Where(p => p.Name.StartsWith("fc", StringComparison.Ordinal)))
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(parameter.Value.Span, (float)gain, parameter.Value.Span);
        }

        return made;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var target = key.Text("target");
        var net = Start(key.Text("net"), key.Number("gain"), new RandomSource(key.Seed));
        var (adam, draws, losses, curve) = (new Adam((float)key.Number("rate")), new RandomSource(key.Seed + 7), new List<double>(), new List<(double, double)>());
        var last = new List<(double Value, double Slope)>();
        for (var update = 1; update <= Math.Min(Updates, watch.MostUpdates ?? Updates); update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            losses.Add(Learn(net, target, draws));
            GradientClip.ByGlobalNorm(net.Parameters, 1);
            adam.Step(net.Parameters);
            if (update % 75 == 0)
            {
                last.Add(Errors(net, target));
                curve.Add((update, last[^1].Slope));
            }
        }

        var tail = last.TakeLast(5).DefaultIfEmpty((1, 1)).ToList();
        return new RunOutcome("measured")
        {
            Updates = losses.Count,
            Measures = [("log-value", tail.Average(e => Math.Log10(e.Item1))), ("log-slope", tail.Average(e => Math.Log10(e.Item2)))],
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("slope error", curve)],
        };
    }

    /// <summary>Mean squared errors of value and slope on a fine grid, each over the variance of what is asked.</summary>
    public static (double Value, double Slope) Errors(FeedForward net, string target)
    {
        ArgumentNullException.ThrowIfNull(net);
        const int count = 400;
        var x = new Tensor(count, 1);
        for (var i = 0; i < count; i++)
        {
            x[i, 0] = (float)(-2 + (4 * (i + 0.5) / count));
        }

        var y = net.Forward(x);
        var ones = new Tensor(count, 1);
        ones.Fill(1);
        var slopes = net.Backward(ones, needInputGradient: true)!;
        var (value, slope, values, allSlopes) = (0.0, 0.0, new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (values[i], allSlopes[i]) = At(target, x[i, 0]);
            value += Math.Pow(y[i, 0] - values[i], 2) / count;
            slope += Math.Pow(slopes[i, 0] - allSlopes[i], 2) / count;
        }

        return (value / Variance(values), slope / Variance(allSlopes));
    }

    /// <summary>
    /// Gradients of the mean squared error at random points, of the value and, if asked for, of the slope: the difference quotient of two answers a
    /// little apart, so that ordinary back-propagation through both gives its gradient.
    /// </summary>
    private static double Learn(FeedForward net, string target, RandomSource draws)
    {
        var (x, gradient, asks) = (new Tensor(2 * Points, 1), new Tensor(2 * Points, 1), target.EndsWith("too", StringComparison.Ordinal) ? 1 : 0);
        for (var i = 0; i < Points; i++)
        {
            var middle = (float)draws.NextUniform(-2, 2);
            (x[i, 0], x[Points + i, 0]) = (middle - Step, middle + Step);
        }

        var y = net.Forward(x);
        var loss = 0.0;
        for (var i = 0; i < Points; i++)
        {
            var (value, slope) = At(target, (x[i, 0] + x[Points + i, 0]) / 2);
            var off = ((y[i, 0] + y[Points + i, 0]) / 2) - value;
            var slant = asks * (((y[Points + i, 0] - y[i, 0]) / (2 * Step)) - slope);
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

    /// <summary>What is asked for decides what tuning makes small.</summary>
    private static double Score(RunRecord run) => run.Key.Text("target").EndsWith("too", StringComparison.Ordinal) ? run["log-slope"] : run["log-value"];

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
