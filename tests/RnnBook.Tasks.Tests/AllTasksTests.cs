namespace RnnBook.Tests;

/// <summary>What every task promises.</summary>
public class AllTasksTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(100, 700).Select(i => $"line {i}\n"));

    private static readonly Dictionary<string, Func<SequenceTask>> Tasks = new()
    {
        ["adding"] = () => new AddingProblem(12),
        ["copy"] = () => new CopyMemory(5),
        ["digits"] = () => new StrokeDigits(14, permuted: true, pixelsPerStep: 14),
        ["text"] = () => new CharacterText(Text, 9),
        ["text as numbers"] = () => new CharacterText(Text, 9, oneHot: false),
        ["text in its order"] = () => new CharacterText(Text, 9, stream: true),
        ["Mackey-Glass"] = () => new MackeyGlass(10, horizon: 6, times: 600),
        ["Lorenz"] = () => new Lorenz(10, everyStep: true, times: 500),
        ["x of Lorenz"] = () => new Lorenz(10, onlyX: true, times: 500),
        ["vowels"] = () => new FormantVowels(6),
        ["window"] = () => new WindowedTask(new AddingProblem(12), 4),
        ["fixed training set"] = () => new FixedTrainingSet(new AddingProblem(12), 500),
        ["film"] = () => new MovingDigits(4),
        ["window at every step"] = () => new WindowedTask(new CopyMemory(5), 3),
    };

    public static TheoryData<string> Names => [.. Tasks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_data_and_another_seed_others(string name)
    {
        var (task, again) = (Tasks[name](), Tasks[name]());
        Assert.Equal(Numbers(Drawn(task, 1)), Numbers(Drawn(again, 1)));
        Assert.Equal(Numbers(task.TestBatch(8, 2)), Numbers(again.TestBatch(8, 2)));
        Assert.NotEqual(Numbers(Drawn(task, 1)), Numbers(Drawn(task, 2)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_is_drawn_anew_and_nothing_is_allocated(string name)
    {
        var task = Tasks[name]();
        var batch = task.NewBatch(8);
        batch.Inputs.Fill(float.NaN);
        batch.Targets?.Fill(float.NaN);
        Array.Fill(batch.Labels ?? [], -7);
        var random = new RandomSource(1);
        task.Fill(batch, random);
        Assert.Equal(Numbers(Drawn(Tasks[name](), 1)), Numbers(batch));
        task.FillTest(batch, random);

        // The least of a few times: a collection in between moves the count by itself.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            task.Fill(batch, random);
            task.FillTest(batch, random);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_can_be_trained_on_it_and_the_baseline_is_a_number(string name)
    {
        var task = Tasks[name]();
        var model = new SequenceModel(new Rnn(task.InputSize, 8), new Linear(8, task.OutputSize), task.EveryStep);
        var history = new Trainer(model, task, new Adam(1e-3f)) { BatchSize = 8, TestSize = 16 }.Run(3);
        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        Assert.InRange(task.Baseline, 1e-6, 10);
        Assert.Contains(task.Name, task.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_of_another_shape_is_refused(string name)
    {
        var task = Tasks[name]();
        var other = new Batch(new Tensor(task.SequenceLength + 1, 2, task.InputSize), new Tensor(2, 1));
        Assert.Contains("The inputs of the batch", Assert.Throws<ArgumentException>(() => task.Fill(other, new RandomSource(1))).Message);
        var answers = task.Loss is SoftmaxCrossEntropy
            ? new Batch(new Tensor(task.SequenceLength, 2, task.InputSize), new Tensor(2, 1))
            : new Batch(new Tensor(task.SequenceLength, 2, task.InputSize), new int[2]);
        Assert.Throws<ArgumentException>(() => task.Fill(answers, new RandomSource(1)));
    }

    private static Batch Drawn(SequenceTask task, ulong seed)
    {
        var batch = task.NewBatch(8);
        task.Fill(batch, new RandomSource(seed));
        return batch;
    }

    private static float[] Numbers(Batch batch) =>
        [.. batch.Inputs.Span, .. batch.Targets is { } targets ? targets.Span.ToArray() : [], .. (batch.Labels ?? []).Select(label => (float)label)];
}
