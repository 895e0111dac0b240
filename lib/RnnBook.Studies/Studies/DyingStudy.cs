using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// How many units fall silent while a network learns, over learning rate and starting bias, and do they come back? A unit is
/// <em>silent</em> if its pre-activation is above 0 for no sequence of the training set (at no step); a silent ReLU is dead. A run that
/// diverges has lost all of its units (B8, B14, D15, D12a).
/// </summary>
public sealed class DyingStudy : Study
{
    private const int Updates = 600, EvaluateEvery = 30, Seeds = 10;

    /// <summary>The first confirming seed: those from 1000 on were used before the criteria of D15 were amended.</summary>
    private const ulong FirstSeed = 2000;

    private static readonly Lazy<FixedTrainingSet> Digits = new(() => new FixedTrainingSet(DigitNet.Task(), 1000));
    private static readonly Lazy<FixedTrainingSet> Sums = new(() => new FixedTrainingSet(new AddingProblem(30), 500));

    /// <summary>
    /// "feed-forward": drawn digits, 196-64-64-10 units from He's start; "recurrent": adding, T = 30, 32 units from the identity.
    /// </summary>
    public static IReadOnlyList<string> Nets { get; } = ["feed-forward", "recurrent"];

    /// <summary>Activations.</summary>
    public static IReadOnlyList<string> Functions { get; } = ["ReLU", "Leaky ReLU", "PReLU", "ELU"];

    /// <summary>Rates of Adam.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-3, 1e-2, 0.1];

    /// <summary>Biases that all hidden units start from; other activations than ReLU from 0 alone.</summary>
    public static IReadOnlyList<double> Biases { get; } = [-0.3, 0, 0.3];

    /// <inheritdoc/>
    public override string Name => "dying";

    /// <inheritdoc/>
    public override string Question => "How many units fall silent during training, over rate, bias and activation, and do they come back?";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["B8", "B14", "D12a", "D15"];

    /// <inheritdoc/>
    public override IReadOnlyList<RunKey> Plan(StudyResults recorded) =>
    [
        .. from net in Nets
           from f in Functions
           from bias in f == "ReLU" ? Biases : [0.0]
           from rate in Rates
           from seed in new ulong[] { 1, 2 }.Concat(Enumerable.Range(0, Seeds).Select(i => FirstSeed + (ulong)i))
           select Key(net, f, bias, rate, seed),
    ];

    /// <summary>The key of a run.</summary>
    public static RunKey Key(string net, string activation, double bias, double rate, ulong seed) =>
        new(("net", net), ("f", activation), ("bias", bias), ("rate", rate), ("seed", seed));

    /// <inheritdoc/>
    public override RunOutcome Run(RunKey key, RunWatch watch)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(watch);
        var task = key.Text("net") == "recurrent" ? Sums.Value : Digits.Value;
        var model = Start(task, key.Text("f"), key.Number("bias"), new RandomSource(key.Seed));
        var (adam, draws, batch) = (new Adam((float)key.Number("rate")), new RandomSource(key.Seed + 7), task.NewBatch(32));
        var (losses, curve, half) = (new List<double>(), new List<(double, double)>(), Silent(model, task.Sequences));
        var diverged = false;
        for (var update = 1; update <= Math.Min(Updates, watch.MostUpdates ?? Updates) && !diverged; update++)
        {
            watch.Cancellation.ThrowIfCancellationRequested();
            task.Fill(batch, draws);
            losses.Add(model.LossAndGradients(batch, task.Loss));
            diverged = !double.IsFinite(losses[^1]) || !double.IsFinite(GradientClip.ByGlobalNorm(model.Parameters, 1));
            if (diverged)
            {
                break;
            }

            adam.Step(model.Parameters);
            if (update % EvaluateEvery == 0)
            {
                var now = Silent(model, task.Sequences);
                curve.Add((update, Share(now)));
                half = update == Updates / 2 ? now : half;
            }
        }

        return new RunOutcome(diverged ? "diverged" : "measured")
        {
            Updates = losses.Count,
            Measures = diverged ? [("silent", 1), ("accuracy", 0)] : Measured(model, task, half),
            Head = RunOutcome.HeadOf(losses),
            Curves = [new RunCurve("silent", curve).Thinned(20)],
        };
    }

    /// <summary>Which units of each layer are silent.</summary>
    /// <param name="model">A feed-forward net, or one recurrent layer with its head.</param>
    /// <param name="inputs">Over all of these sequences, at all steps.</param>
    public static IReadOnlyList<bool[]> Silent(IModel model, Batch inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        model.Forward(inputs);
        if (model is FeedForward net)
        {
            return [.. net.States.Select((_, l) => NeverAbove0(net.Layers[l].Forward(l == 0 ? inputs.Inputs : net.States[l - 1])))];
        }

        // a_t = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh: from PReLU's state its sign could not be read once the slope is negative.
        var rnn = (Rnn)((SequenceModel)model).Layers[0];
        var before = new Tensor(inputs.Length, inputs.Size, rnn.HiddenSize);
        for (var t = 1; t < inputs.Length; t++)
        {
            rnn.States.Slice(t - 1).CopyTo(before.Slice(t));
        }

        var a = Affine(inputs.Inputs, rnn.WeightIh.Value, rnn.BiasIh.Value);
        TensorPrimitives.Add(a.Span, Affine(before, rnn.WeightHh.Value, rnn.BiasHh.Value).Span, a.Span);
        return [NeverAbove0(a)];
    }

    private static IModel Start(FixedTrainingSet task, string activation, double bias, RandomSource random)
    {
        var model = ActivationsStudy.Model(task, activation, task.SequenceLength == 1 ? "He" : "identity", random);
        foreach (var hidden in model.Parameters.Where(p => p.Name is "fc1.bias" or "fc2.bias" or "rnn.bias_ih_l0"))
        {
            hidden.Value.Fill((float)bias);
        }

        return model;
    }

    private static (string Name, double Value)[] Measured(IModel model, FixedTrainingSet task, IReadOnlyList<bool[]> half)
    {
        var (end, test) = (Silent(model, task.Sequences), task.TestBatch(500, 0x7E57));
        var output = model.Forward(test);
        var accuracy = task.Accuracy(output, test);
        model.LossAndGradients(task.Sequences, task.Loss);
        int Stayed(int layer) => half[layer].Zip(end[layer]).Count(unit => unit is { First: true, Second: true });
        return
        [
            ("silent", Share(end)), ("accuracy", double.IsNaN(accuracy) ? 0 : accuracy),
            ("gradient-of-silent", Gradient(model, end, silent: true)), ("gradient-of-others", Gradient(model, end, silent: false)),
            .. half.SelectMany((units, l) => new (string, double)[] { ($"silent-half-{l + 1}", units.Count(u => u)), ($"stayed-{l + 1}", Stayed(l)) }),
        ];
    }

    /// <summary>
    /// The largest entry of the gradient, over the weights into and the biases of the units that are silent, or not; 0 if there are none.
    /// </summary>
    private static double Gradient(IModel model, IReadOnlyList<bool[]> units, bool silent)
    {
        var largest = 0f;
        foreach (var (name, gradient) in model.Parameters.Select(p => (p.Name, p.Gradient)))
        {
            // "fc1.weight" and "rnn.bias_ih_l0" have a row, or a number, for each unit; the head and PReLU's slopes are of no unit.
            var layer = name.StartsWith("fc", StringComparison.Ordinal) ? name[2] - '1' : name.StartsWith("rnn.", StringComparison.Ordinal) ? 0 : -1;
            if (layer < 0 || layer >= units.Count || gradient.Shape[0] != units[layer].Length)
            {
                continue;
            }

            var width = gradient.Count / gradient.Shape[0];
            for (var unit = 0; unit < units[layer].Length; unit++)
            {
                if (units[layer][unit] == silent)
                {
                    largest = MathF.Max(largest, MathF.Abs(TensorPrimitives.MaxMagnitude<float>(gradient.Span.Slice(unit * width, width))));
                }
            }
        }

        return largest;
    }

    private static double Share(IReadOnlyList<bool[]> layers) => (double)layers.Sum(units => units.Count(unit => unit)) / layers.Sum(units => units.Length);

    /// <summary>x Wᵀ + b for every row.</summary>
    private static Tensor Affine(Tensor x, Tensor weight, Tensor bias)
    {
        var map = new Linear(weight.Shape[1], weight.Shape[0]);
        weight.Span.CopyTo(map.Weight.Value.Span);
        bias.Span.CopyTo(map.Bias.Value.Span);
        return map.Forward(x);
    }

    private static bool[] NeverAbove0(Tensor a)
    {
        var units = a.Shape[^1];
        var silent = new bool[units];
        Array.Fill(silent, true);
        var values = a.Span;
        for (var i = 0; i < values.Length; i++)
        {
            silent[i % units] &= values[i] <= 0;
        }

        return silent;
    }
}
