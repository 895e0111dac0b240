using static System.FormattableString;

namespace RnnBook;

/// <summary>Something to learn: it draws sequences and says what to answer. The same seed gives the same data on every system.</summary>
public abstract class SequenceTask
{
    /// <summary>Begins a task; its constructor sets the lengths and sizes.</summary>
    /// <param name="loss">How answers are judged.</param>
    protected SequenceTask(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Loss = loss;
    }

    /// <summary>Name for headings and legends, with its settings: "adding problem, T = 100".</summary>
    public string Name { get; protected init; } = "";

    /// <summary>Time steps T of a sequence.</summary>
    public int SequenceLength { get; protected init; }

    /// <summary>Inputs I of a time step.</summary>
    public int InputSize { get; protected init; }

    /// <summary>Outputs O of an answer: values, or classes.</summary>
    public int OutputSize { get; protected init; }

    /// <summary>True if an answer is asked after every step, false if only after the last.</summary>
    public bool EveryStep { get; protected init; }

    /// <summary>How answers are judged.</summary>
    public Loss Loss { get; }

    /// <summary>The loss of the best answer that pays no heed to the input. Who does not get below it has learned nothing.</summary>
    public double Baseline { get; protected init; }

    /// <summary>How far a task has come that gives one long stream piece by piece; 0 for one whose draws depend on nothing but their source.</summary>
    public virtual long Position
    {
        get => 0;
        set => ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
    }

    /// <summary>Makes room for a batch of this task; <see cref="Fill"/> draws into it.</summary>
    /// <param name="batchSize">Sequences B, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public Batch NewBatch(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var inputs = new Tensor(SequenceLength, batchSize, InputSize);
        return Loss is SoftmaxCrossEntropy ? new Batch(inputs, new int[EveryStep ? SequenceLength * batchSize : batchSize])
            : new Batch(inputs, EveryStep ? new Tensor(SequenceLength, batchSize, OutputSize) : new Tensor(batchSize, OutputSize));
    }

    /// <summary>Draws new sequences into a batch, over all that stood in it. Nothing is allocated.</summary>
    /// <param name="batch">From <see cref="NewBatch"/>.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The batch has another shape than this task.</exception>
    public void Fill(Batch batch, RandomSource random)
    {
        RequireRoom(batch, random);
        Draw(batch, random, test: false);
    }

    /// <summary>
    /// Draws sequences to test with. Where the data is limited they come from a part of it that training never sees; elsewhere they are
    /// drawn as for training, and another seed makes them new.
    /// </summary>
    /// <param name="batch">From <see cref="NewBatch"/>.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The batch has another shape than this task.</exception>
    public void FillTest(Batch batch, RandomSource random)
    {
        RequireRoom(batch, random);
        Draw(batch, random, test: true);
    }

    /// <summary>A batch of its own for tests: always the same for the same seed.</summary>
    /// <param name="count">Sequences, 1 or more.</param>
    /// <param name="seed">Use another than for training.</param>
    public Batch TestBatch(int count, ulong seed)
    {
        var batch = NewBatch(count);
        FillTest(batch, new RandomSource(seed));
        return batch;
    }

    /// <summary>Share of answers that are right, by what this task calls right; NaN where that has no meaning.</summary>
    /// <param name="output">A model's output for the batch.</param>
    /// <param name="batch">The batch.</param>
    public virtual double Accuracy(Tensor output, Batch batch) => Loss.Accuracy(output, batch);

    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"{Name}: {InputSize} inputs a step, {OutputSize} outputs after {(EveryStep ? "every" : "the last")} step, baseline {Baseline:G4}");

    /// <summary>Writes every input and every answer of a batch that has this task's shapes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="test">Whether to draw from what is kept apart for tests, if anything is.</param>
    protected abstract void Draw(Batch batch, RandomSource random, bool test);

    private void RequireRoom(Batch batch, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        batch.Inputs.RequireShape("The inputs of the batch", SequenceLength, -1, InputSize);
        var labels = EveryStep ? SequenceLength * batch.Size : batch.Size;
        ReadOnlySpan<int> targets = EveryStep ? [SequenceLength, batch.Size, OutputSize] : [batch.Size, OutputSize];
        var asksForLabels = Loss is SoftmaxCrossEntropy;
        if (asksForLabels ? batch.Labels?.Length != labels : batch.Targets is null || !batch.Targets.Shape.SequenceEqual(targets))
        {
            var asked = asksForLabels ? $"{labels} labels" : $"targets [{string.Join('×', targets.ToArray())}]";
            throw new ArgumentException($"{Name} asks for {asked}, but the batch is: {batch}.");
        }
    }
}
