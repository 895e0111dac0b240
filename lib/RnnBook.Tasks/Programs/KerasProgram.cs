namespace RnnBook;

/// <summary>
/// Article B's program (B §4), which it writes in Keras: SimpleRNN(64) that gives every state, SimpleRNN(32) that gives its last,
/// Dense(1); windows of 10 values, Adam, mean squared error, 100 epochs of batches of 32.
/// </summary>
/// <remarks>
/// Starts as Keras has them: W_ih and the head uniform after Glorot, W_hh orthogonal, biases 0. A Keras layer has one bias, the library's
/// (as PyTorch's) two that are added: the second one stays 0 and is left out of <see cref="Parameters"/>, or Adam would move the sum
/// twice as fast.
/// </remarks>
public sealed class KerasProgram
{
    /// <summary>Values in a window, passes through the data, windows in a batch.</summary>
    public const int WindowLength = 10, Epochs = 100, BatchSize = 32;

    /// <summary>Builds the program.</summary>
    /// <param name="activation">f; null for Keras' default, tanh.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public KerasProgram(Activation? activation = null, RandomSource? random = null)
    {
        random ??= new RandomSource(1);
        var f = activation ?? Activation.Tanh;
        Rnn Layer(int inputs, int units) => new Rnn(inputs, units, f, random).StartFrom(random, Initializer.Orthogonal(), Initializer.GlorotUniform());
        var head = new Linear(32, 1, random);
        Initializer.GlorotUniform().Fill(head.Weight.Value, random);
        head.Bias.Value.Clear();
        Model = new SequenceModel([Layer(1, 64), Layer(64, 32)], head);
        Parameters = [.. Model.Parameters.Where(parameter => !parameter.Name.Contains("bias_hh", StringComparison.Ordinal))];
    }

    /// <summary>The two layers and the head.</summary>
    public SequenceModel Model { get; }

    /// <summary>What training changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Goes through all windows in a new random order, epoch after epoch.</summary>
    /// <param name="windows">What to learn: inputs [T, N, 1], targets [N, 1].</param>
    /// <param name="optimizer">The program's is <c>new Adam(epsilon: 1e-7f)</c>.</param>
    /// <param name="random">For the order.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="batchSize">Windows in a batch; the last batch of an epoch may be smaller.</param>
    /// <param name="progress">Told each epoch's number, from 1, and its mean loss; false ends the training.</param>
    /// <returns>The loss of every update.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public IReadOnlyList<double> Fit(
        Batch windows, Optimizer optimizer, RandomSource random, int epochs = Epochs, int batchSize = BatchSize, Func<int, double, bool>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var order = Enumerable.Range(0, windows.Size).ToArray();
        var losses = new List<double>();
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            var sum = 0.0;
            foreach (var chosen in order.Chunk(batchSize))
            {
                losses.Add(Model.LossAndGradients(SeriesWindows.Pick(windows, chosen), MeanLoss));
                optimizer.Step(Parameters);
                sum += losses[^1] * chosen.Length;
            }

            if (progress is not null && !progress(epoch, sum / windows.Size))
            {
                break;
            }
        }

        return losses;
    }

    /// <summary>The mean squared error over all windows.</summary>
    /// <param name="windows">Inputs [T, N, 1], targets [N, 1].</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public double Error(Batch windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return MeanLoss.Evaluate(Model.Forward(windows), windows, null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"KerasProgram: {Model}";

    private static MeanSquaredError MeanLoss { get; } = new();
}
