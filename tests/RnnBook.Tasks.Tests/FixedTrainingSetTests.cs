namespace RnnBook.Tests;

public class FixedTrainingSetTests
{
    [Fact]
    public void Training_sees_the_set_alone_and_tests_what_the_task_draws()
    {
        var (inner, task) = (new AddingProblem(12), new FixedTrainingSet(new AddingProblem(12), 5));
        var (batch, known) = (task.NewBatch(40), Enumerable.Range(0, 5).Select(n => First(task.Sequences, n)).ToHashSet());
        task.Fill(batch, new RandomSource(3));
        Assert.Equal(5, known.Count);
        Assert.Equal(known, Enumerable.Range(0, 40).Select(n => First(batch, n)).ToHashSet());
        Assert.Equal(inner.TestBatch(8, 2).Inputs.Span.ToArray(), task.TestBatch(8, 2).Inputs.Span.ToArray());
    }

    [Fact]
    public void Answers_of_every_step_go_with_their_sequence()
    {
        var task = new FixedTrainingSet(new CopyMemory(5), 4);
        var batch = task.NewBatch(9);
        task.Fill(batch, new RandomSource(3));
        var known = Enumerable.Range(0, 4).Select(n => Line(task.Sequences, n)).ToHashSet();
        Assert.All(Enumerable.Range(0, 9), n => Assert.Contains(Line(batch, n), known));
    }

    private static (float, float) First(Batch batch, int n) => (batch.Inputs[0, n, 0], batch.Targets![n, 0]);

    private static string Line(Batch batch, int n) => string.Join(' ', Enumerable.Range(0, batch.Length).Select(t =>
        $"{string.Join(',', batch.Inputs.Slice(t).Slice(n * batch.Inputs.Shape[2], batch.Inputs.Shape[2]).ToArray())}:{batch.Labels![(t * batch.Size) + n]}"));
}
