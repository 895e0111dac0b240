namespace RnnBook.Benchmarks;

/// <summary>
/// The nets that are timed: a) adding problem, b) pixel digits, c) characters with an embedding and an answer every step, d) a large layer.
/// a and b learn by plain descent, c and d by Adam; learning rates next to nothing keep every step alike.
/// </summary>
internal sealed class BenchmarkNet
{
    private readonly SequenceModel model;
    private readonly Batch batch;
    private readonly Loss loss;
    private readonly Optimizer optimizer;

    public BenchmarkNet(string config, string cell, int threads)
    {
        var (length, inputs, units, size, outputs, everyStep) = config switch
        {
            "a" => (400, 2, 100, 16, 1, false),
            "b" => (784, 1, 100, 16, 10, false),
            "c" => (128, 64, 256, 32, 64, true),
            "d" => (128, 256, 512, 64, 10, false),
            _ => throw new ArgumentException($"There is no configuration {config}: a, b, c, d."),
        };
        (Config, Cell) = (config, cell);
        var random = new RandomSource(1);
        var layer = Layer(cell, inputs, units, random);
        // Characters come as ids, which an embedding turns into the layer's inputs.
        var embedding = everyStep ? new Embedding(outputs, inputs, random) : null;
        model = new SequenceModel(embedding, [layer], new Linear(units, outputs, random), everyStep) { Threads = threads };
        var x = new Tensor(length, size, everyStep ? 1 : inputs);
        foreach (ref var value in x.Span)
        {
            value = everyStep ? random.NextInt(outputs) : random.NextSingle();
        }

        if (outputs == 1)
        {
            var targets = new Tensor(size, 1);
            foreach (ref var value in targets.Span)
            {
                value = random.NextSingle();
            }

            (batch, loss) = (new Batch(x, targets), new MeanSquaredError());
        }
        else
        {
            var labels = new int[everyStep ? length * size : size];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = random.NextInt(outputs);
            }

            (batch, loss) = (new Batch(x, labels), new SoftmaxCrossEntropy());
        }

        optimizer = config is "a" or "b" ? new Sgd(1e-7f) : new Adam(1e-8f);
        var rows = (double)length * size;
        var forward = 2.0 * layer.Gates * units * (inputs + units) * rows;
        var head = 2.0 * units * outputs * (everyStep ? rows : size);
        StepOperations = (2 * forward) + (2.0 * layer.Gates * units * (units + (everyStep ? inputs : 0)) * rows) + (3 * head);
    }

    public static IReadOnlyList<string> Configs { get; } = ["a", "b", "c", "d"];

    public static IReadOnlyList<string> Cells { get; } = ["relu", "tanh", "lstm", "gru"];

    public string Config { get; }

    public string Cell { get; }

    /// <summary>What the batch takes.</summary>
    public long BatchBytes => sizeof(float) * ((long)batch.Inputs.Count + (batch.Targets?.Count ?? 0) + (batch.Labels?.Length ?? 0));

    /// <summary>Useful floating-point operations of a training step.</summary>
    public double StepOperations { get; }

    /// <summary>A layer by its name; the ReLU RNN starts from the identity.</summary>
    public static RecurrentLayer Layer(string cell, int inputs, int units, RandomSource random)
    {
        switch (cell)
        {
            case "relu":
                var rnn = new Rnn(inputs, units, Activation.Relu, random);
                rnn.StartFromIdentity(random);
                return rnn;
            case "tanh":
                return new Rnn(inputs, units, Activation.Tanh, random);
            case "lstm":
                return new Lstm(inputs, units, random);
            default:
                return new Gru(inputs, units, random);
        }
    }

    public void Step()
    {
        model.LossAndGradients(batch, loss);
        optimizer.Step(model.Parameters);
    }

    public void Forward() => loss.Evaluate(model.Forward(batch.Inputs), batch, null);
}
