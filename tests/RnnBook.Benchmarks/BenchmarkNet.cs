namespace RnnBook.Benchmarks;

/// <summary>
/// The nets that are timed: a) adding problem, b) pixel digits, c) characters with an answer every step, d) a large layer.
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
        Cell = cell;
        var random = new RandomSource(1);
        RecurrentLayer layer = cell switch
        {
            "relu" => new Rnn(inputs, units, Activation.Relu, random),
            "tanh" => new Rnn(inputs, units, Activation.Tanh, random),
            "lstm" => new Lstm(inputs, units, random),
            "gru" => new Gru(inputs, units, random),
            _ => throw new ArgumentException($"There is no cell {cell}: relu, tanh, lstm, gru."),
        };
        if (layer is Rnn rnn && cell == "relu")
        {
            rnn.StartFromIdentity(random);
        }

        model = new SequenceModel(layer, new Linear(units, outputs, random), everyStep) { Threads = threads };
        var x = new Tensor(length, size, inputs);
        foreach (ref var value in x.Span)
        {
            value = random.NextSingle();
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
        StepOperations = (2 * forward) + (2.0 * layer.Gates * units * units * rows) + (3 * head);
    }

    public string Cell { get; }

    /// <summary>Useful floating-point operations of a training step.</summary>
    public double StepOperations { get; }

    public void Step()
    {
        model.LossAndGradients(batch, loss);
        optimizer.Step(model.Parameters);
    }

    public void Forward() => loss.Evaluate(model.Forward(batch.Inputs), batch, null);
}
