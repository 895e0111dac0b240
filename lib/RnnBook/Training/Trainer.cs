using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// Trains a model on a task: draws a batch, back-propagates, clips, steps, and now and then measures on a fixed test set. The same
/// seed gives the same bits. After the first update nothing is allocated.
/// </summary>
public sealed partial class Trainer
{
    private readonly IModel model;
    private readonly SequenceTask task;
    private readonly Optimizer optimizer;
    private readonly Stopwatch clock = new();
    private RandomSource? random;
    private Batch? batch;
    private Batch[] tests = [];
    private SequenceState? carried;
    private TrainingHistory history;
    private double secondsBefore;
    private int update;

    /// <summary>Joins what is trained, on what, and how.</summary>
    /// <exception cref="ArgumentException">The model does not fit the task.</exception>
    public Trainer(IModel model, SequenceTask task, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(optimizer);
        (this.model, this.task, this.optimizer) = (model, task, optimizer);
        history = new TrainingHistory(task.Baseline);
        var (reads, answers) = (model.InputSize, model.OutputSize);

        // With one step it is the same; a dense net answers images so.
        var fitsSteps = model.EveryStep == task.EveryStep || (model is FeedForward && task.SequenceLength == 1);
        if (reads != task.InputSize || answers != task.OutputSize || !fitsSteps)
        {
            throw new ArgumentException(
                $"The model has {reads} inputs and {answers} outputs after {When(model.EveryStep)} step, " +
                $"but the {task.Name} needs {task.InputSize} and {task.OutputSize} after {When(task.EveryStep)} step.");
        }
    }

    /// <summary>Sequences B of a batch.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Largest global norm of the gradients (<see cref="GradientClip.ByGlobalNorm"/>); null: no clipping.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The seed of the training sequences.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Updates from one evaluation to the next.</summary>
    public int EvaluateEvery { get; init; } = 100;

    /// <summary>Sequences of the test set, rounded up to whole batches.</summary>
    public int TestSize { get; init; } = 256;

    /// <summary>The seed of the test set: the same for all contestants, and none of the training seeds.</summary>
    public ulong TestSeed { get; init; } = 0x7E57;

    /// <summary>Stop as soon as an evaluation finds a test error of at most this; null: go on to the end.</summary>
    public double? StopAtTestError { get; init; }

    /// <summary>The learning rate of each update; null: the optimizer's own.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// Whether a batch goes on where the one before ended, as windows of one long stream do: each starts from the states that the last
    /// one left, and no gradient flows back into it. That is truncated back-propagation with an update per window; to cut the
    /// gradients within a batch there is <see cref="SequenceModel.GradientWindow"/>. Evaluation starts from zeros.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>Updates made so far, in all runs.</summary>
    public int Updates => update;

    /// <summary>
    /// Makes updates. A further call goes on where the last one stopped: two runs of 50 updates end in the same bits as one of 100.
    /// A run that diverges stops before the bad gradient touches a parameter. After <see cref="Resume"/> a call goes on with the interrupted
    /// run, and its history is that of all of it.
    /// </summary>
    /// <param name="updates">How many, 0 or more.</param>
    /// <param name="progress">Called after each evaluation, on this thread. May change the optimizer's learning rate.</param>
    /// <param name="cancellation">Stops the run after the update at hand.</param>
    /// <returns>What happened, however the run ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    /// <exception cref="ArgumentException">The state is to be carried on, but the model has none.</exception>
    public TrainingHistory Run(int updates, Action<TrainingPoint>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EvaluateEvery);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointEvery);
        Prepare();

        var end = update + updates;
        var outcome = BeginHistory(updates) ? AtTarget() : Evaluate(progress);
        while (outcome is null && update < end)
        {
            outcome = cancellation.IsCancellationRequested ? TrainingOutcome.Cancelled : Update();
            if (outcome is null && (update % EvaluateEvery == 0 || update == end))
            {
                outcome = Evaluate(progress);
            }

            SaveIfDue(outcome, update == end);
        }

        history.End(outcome ?? TrainingOutcome.Completed, Seconds);
        return history;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{model}; {task.Name}; {optimizer}; batch {BatchSize}, clip {ClipNorm?.ToString(CultureInfo.InvariantCulture) ?? "none"}, seed {Seed}";

    private static string When(bool everyStep) => everyStep ? "every" : "the last";

    private void Prepare()
    {
        if (random is not null)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TestSize);
        if (CarryState && model is not SequenceModel)
        {
            throw new ArgumentException($"{model} has no state to carry on from batch to batch.");
        }

        batch = task.NewBatch(BatchSize);
        var draws = new RandomSource(TestSeed);
        tests = new Batch[(TestSize + BatchSize - 1) / BatchSize];
        for (var i = 0; i < tests.Length; i++)
        {
            tests[i] = task.NewBatch(BatchSize);
            task.FillTest(tests[i], draws);
        }

        random = new RandomSource(Seed);

        // Once without the clock, so that the seconds leave out compilation.
        model.Learn(tests[0], task.Loss);
    }

    /// <summary>Seconds of training in this run, before an interruption too.</summary>
    private double Seconds => secondsBefore + clock.Elapsed.TotalSeconds;

    /// <summary>Begins a run's history, unless there is one to go on with; says which.</summary>
    private bool BeginHistory(int updates)
    {
        var goesOn = isResumed && history.Points.Count > 0;
        isResumed = false;
        history = goesOn ? history : new TrainingHistory(task.Baseline);
        history.MakeRoom(updates, (updates / EvaluateEvery) + 2);
        secondsBefore = history.Seconds;
        clock.Reset();
        return goesOn;
    }

    private TrainingOutcome? Update()
    {
        clock.Start();
        task.Fill(batch!, random!);
        if (Schedule is not null)
        {
            optimizer.LearningRate = Schedule.Rate(update);
        }

        var loss = Learn();
        var norm = ClipNorm is { } max ? GradientClip.ByGlobalNorm(model.Parameters, max) : GradientClip.GlobalNorm(model.Parameters);
        var diverged = !double.IsFinite(loss) || !double.IsFinite(norm);
        if (!diverged)
        {
            optimizer.Step(model.Parameters);
        }

        clock.Stop();
        history.Add(loss, norm);
        if (diverged)
        {
            return history.Diverge(update + 1, FirstNotFinite());
        }

        update++;
        history.Updates++;
        return null;
    }

    /// <summary>Loss and gradients of the batch; where the state is carried on, from where the last batch left it.</summary>
    private double Learn()
    {
        if (!CarryState)
        {
            return model.Learn(batch!, task.Loss);
        }

        var sequences = (SequenceModel)model;
        carried ??= sequences.NewState(BatchSize);
        sequences.InitialState = carried;
        var loss = model.Learn(batch!, task.Loss);
        sequences.ReadFinalState(carried);
        sequences.InitialState = null;
        return loss;
    }

    /// <summary>Measures on the test set and reports; says so if that ends the run.</summary>
    private TrainingOutcome? Evaluate(Action<TrainingPoint>? progress)
    {
        var updatesSince = history.Points.Count > 0 ? update - history.Last.Update : 0;
        var (error, accuracy, counted) = (0.0, 0.0, 0L);
        foreach (var test in tests)
        {
            var output = model.Answer(test);
            error += task.Loss.Evaluate(output, test, null) * test.Counted;
            accuracy += task.Accuracy(output, test) * test.Counted;
            counted += test.Counted;
        }

        var trainLoss = 0.0;
        for (var i = history.Losses.Count - updatesSince; i < history.Losses.Count; i++)
        {
            trainLoss += history.Losses[i] / updatesSince;
        }

        var point = new TrainingPoint(
            update,
            Seconds,
            updatesSince > 0 ? trainLoss : double.NaN,
            error / counted,
            accuracy / counted,
            updatesSince > 0 ? history.GradientNorms[^1] : double.NaN);
        history.Add(point);
        progress?.Invoke(point);
        return double.IsFinite(point.TestError) ? AtTarget() : history.Diverge(update, "test error");
    }

    private TrainingOutcome? AtTarget() => history.Last.TestError <= StopAtTestError ? TrainingOutcome.ReachedTarget : null;

    /// <summary>Where it went wrong: a value is worse than a gradient, and a gradient says more than the loss.</summary>
    private string FirstNotFinite() =>
        model.Parameters.FirstOrDefault(p => !TensorPrimitives.IsFiniteAll<float>(p.Value.Span))?.Name
        ?? model.Parameters.FirstOrDefault(p => !TensorPrimitives.IsFiniteAll<float>(p.Gradient.Span))?.Name
        ?? "loss";
}
