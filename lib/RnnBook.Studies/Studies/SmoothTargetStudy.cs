using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// Where smoothness matters, do smooth activations do better? Nets of 1-32-32-1 units learn a function of one number, from its values
/// alone or from its values and its slopes; a smooth function and one with kinks (D16).
/// </summary>
public sealed class SmoothTargetStudy : Study
{
    private const int Updates = 1500, Seeds = 10;

    /// <summary>The first confirming seed: those below were used with smaller grids.</summary>
    private const ulong FirstSeed = 3000;

    /// <summary>What is asked for: values of the smooth function; its values and slopes; values and slopes of the one with kinks.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["smooth, values", "smooth, slopes too", "kinked, slopes too"];

    /// <summary>Activations.</summary>
    public static IReadOnlyList<string> Nets { get; } = ["ReLU", "ELU", "Softplus", "Swish", "tanh"];

    /// <inheritdoc/>
    public override string Name => "smooth-target";

    /// <inheritdoc/>
    public override string Question => "Where the slope of the answer counts, do smooth activations do better than ReLU?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["D16"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from target in Targets
           let starts = Nets.Select(net => new RunKey(("target", target), ("net", net), ("gain", 1), ("rate", 0), ("seed", 1)))
           from key in Tuning.ThenConfirmed(recorded, starts, Seeds, FirstSeed, GridAxis.Gain(1, 4), GridAxis.Rate(3e-4, 3e-2))
           select key,
    ];

    /// <inheritdoc/>
    public override Tuning Tuning { get; } = new(["target", "net"], Score) { Grid = ["gain", "rate"] };

    /// <summary>Confirming runs of an activation on a target, by seed.</summary>
    public static IReadOnlyList<RunRecord> Confirming(StudyResults recorded, string target, string net)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Confirming(key => key.Text("target") == target && key.Text("net") == net);
    }

    /// <summary>What a target asks for.</summary>
    public static CurveFit Task(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new CurveFit(
            target.StartsWith("smooth", StringComparison.Ordinal) ? CurveFit.Wave : CurveFit.Zigzag,
            target.EndsWith("too", StringComparison.Ordinal));
    }

    /// <summary>A net as it starts: PyTorch's usual one, whose biases spread the kinks, times a gain.</summary>
    public static FeedForward Start(string net, double gain, RandomSource random)
    {
        var made = new FeedForward([1, 32, 32, 1], Activation.All.First(f => f.Name == net), random);
        foreach (var parameter in made.Parameters.Where(p => p.Name.StartsWith("fc", StringComparison.Ordinal)))
        {
            TensorPrimitives.Multiply(parameter.Value.Span, (float)gain, parameter.Value.Span);
        }

        return made;
    }

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var task = Task(key.Text("target"));
        var net = Start(key.Text("net"), key.Number("gain"), new RandomSource(key.Seed));
        var (adam, draws, losses, curve) = (new Adam((float)key.Number("rate")), new RandomSource(key.Seed + 7), new List<double>(), new List<(double, double)>());
        var last = new List<(double Value, double Slope)>();
        for (var update = 1; update <= Math.Min(Updates, watch.MostUpdates ?? Updates); update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            losses.Add(task.LossAndGradients(net, draws));
            GradientClip.ByGlobalNorm(net.Parameters, 1);
            adam.Step(net.Parameters);
            if (update % 75 == 0)
            {
                last.Add(task.Errors(net));
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

    /// <summary>What is asked for decides what tuning makes small.</summary>
    private static double Score(RunRecord run) => run.Key.Text("target").EndsWith("too", StringComparison.Ordinal) ? run["log-slope"] : run["log-value"];
}
