namespace RnnBook;

/// <summary>
/// Is it the zeros that make a net robust, or generalise? Nets that learn 120 drawn digits by heart: ReLU beside leaky slopes 0.01 to 0.5 and tanh,
/// all from starts of the same scale; ReLU pushed to more zeros by a bias ("dose"); and top-k layers, which keep only the largest
/// values (A3, D9, A16).
/// </summary>
public sealed class SparsityStudy : Study
{
    private const int Units = 128, Digits = 120, Updates = 1500, Seeds = 20;

    private static readonly double[] Noises = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3];

    /// <summary>
    /// The treatments. "ReLU −1" has biases that start at −1 standard deviation of the pre-activations; "top 13" keeps 13 of 128 values of ReLU.
    /// </summary>
    public static IReadOnlyList<string> Nets { get; } =
        ["ReLU", "Leaky 0.01", "Leaky 0.1", "Leaky 0.3", "Leaky 0.5", "tanh", "ReLU −0.5", "ReLU −1", "ReLU −1.5", "top 64", "top 32", "top 13"];

    /// <inheritdoc/>
    public override string Name => "sparsity";

    /// <inheritdoc/>
    public override string Question => "Is it the zeros that make a net robust to noise, or generalise?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["A3", "D9", "A16b"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
        [.. from net in Nets from seed in Enumerable.Range(0, Seeds) select new RunKey(("net", net), ("seed", 1000UL + (ulong)seed))];

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var (task, random) = (DigitNet.Task(), new RandomSource(key.Seed));
        var net = Start(key.Text("net"), random);
        var learned = task.NewBatch(Digits);
        task.Fill(learned, new RandomSource(key.Seed + 50));
        Dose(net, key.Text("net"), learned);
        var (adam, losses) = (new Adam(1e-3f), new List<double>());
        do
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            losses.Add(net.LossAndGradients(learned, task.Loss));
            adam.Step(net.Parameters);
        }
        while (losses[^1] > 0.02 && losses.Count < Math.Min(Updates, watch.MostUpdates ?? Updates));

        var test = task.TestBatch(1000, 0x7E57);
        double Right(Batch batch) => task.Accuracy(net.Forward(batch.Inputs), batch);
        var train = Right(learned);
        var accuracy = Noises.Select(noise => Right(Noisy(test, noise, key.Seed))).ToArray();
        net.Forward(test.Inputs);
        return new RunOutcome(losses[^1] <= 0.02 ? "learned" : "not learned")
        {
            Updates = losses.Count,
            Measures = [("gap", train - accuracy[0]), ("accuracy", accuracy[0]), ("tolerance", Tolerance(accuracy)), ("zeros", net.Zeros)],
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("accuracy", [.. Noises.Zip(accuracy)])],
        };
    }

    private static SparseNet Start(string name, RandomSource random)
    {
        var words = name.Split(' ');
        Activation f = words[0] switch
        {
            "Leaky" => new LeakyRelu(float.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)),
            "tanh" => Activation.Tanh,
            _ => Activation.Relu,
        };
        var kept = words[0] == "top" ? int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) : Units;
        return new SparseNet(DigitNet.Pixels, Units, DigitNet.Classes, f, kept, random);
    }

    /// <summary>Moves the biases by so many standard deviations of the pre-activations that the digits give.</summary>
    private static void Dose(SparseNet net, string name, Batch learned)
    {
        if (!name.StartsWith("ReLU −", StringComparison.Ordinal))
        {
            return;
        }

        net.Forward(learned.Inputs);
        var squares = 0.0;
        foreach (var a in net.Pre.Span)
        {
            squares += (double)a * a;
        }

        var deviations = double.Parse(name["ReLU −".Length..], System.Globalization.CultureInfo.InvariantCulture);
        net.HiddenBias.Fill((float)(-deviations * Math.Sqrt(squares / net.Pre.Count)));
    }

    /// <summary>The same images with Gaussian noise on every pixel.</summary>
    private static Batch Noisy(Batch test, double noise, ulong seed)
    {
        var inputs = new Tensor(test.Inputs.Shape.ToArray());
        var random = new RandomSource(seed + 99);
        for (var i = 0; i < inputs.Count; i++)
        {
            inputs.Span[i] = test.Inputs.Span[i] + (float)(noise * random.NextGaussian());
        }

        return new Batch(inputs, test.Labels!);
    }

    /// <summary>The noise that halves the lead over guessing (0.1), between two of the noises by a straight line.</summary>
    private static double Tolerance(double[] accuracy)
    {
        var half = 0.1 + ((accuracy[0] - 0.1) / 2);
        var i = Array.FindIndex(accuracy, share => share < half);
        return i < 0 ? Noises[^1] : Noises[i - 1] + ((Noises[i] - Noises[i - 1]) * (accuracy[i - 1] - half) / (accuracy[i - 1] - accuracy[i]));
    }
}
