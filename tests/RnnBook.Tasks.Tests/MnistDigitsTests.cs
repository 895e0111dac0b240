namespace RnnBook.Tests;

/// <summary>MNIST, where it is present: RNNBOOK_DATA=… dotnet test. Numbers of the set itself are from its publication.</summary>
public class MnistDigitsTests
{
    [SkippableFact]
    public void The_sets_have_their_published_sizes_and_first_digits()
    {
        Skip.IfNot(MnistDigits.IsPresent, "MNIST is not here.");
        var task = new MnistDigits(pixelsPerStep: 784);
        var (train, test) = (task.TrainSet(), task.TestSet());
        Assert.Equal((60_000, 10_000), (train.Size, test.Size));
        Assert.Equal([5, 0, 4, 1, 9, 2], train.Labels![..6]);
        Assert.Equal([7, 2, 1, 0, 4, 1], test.Labels![..6]);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], train.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(0.1307, train.Inputs.Span.ToArray().Average(pixel => (double)pixel), 1e-4);
        Assert.InRange(task.Baseline, 2.29, Math.Log(10) + 0.01);
    }

    [SkippableFact]
    public void Draws_come_from_their_own_part_and_the_same_seed_draws_the_same()
    {
        Skip.IfNot(MnistDigits.IsPresent, "MNIST is not here.");
        var task = new MnistDigits(14, permuted: true, pixelsPerStep: 196);
        var (drawn, again, other) = (task.TestBatch(20, 3), task.TestBatch(20, 3), task.NewBatch(20));
        Assert.Equal(drawn.Labels, again.Labels);
        Assert.Equal(drawn.Inputs.Span.ToArray(), again.Inputs.Span.ToArray());

        static IEnumerable<string> Images(Batch batch) => batch.Inputs.Span.ToArray().Chunk(196).Select(image => string.Join(',', image));
        var known = Images(task.TestSet()).ToHashSet();
        Assert.All(Images(drawn), image => Assert.Contains(image, known));
        task.Fill(other, new RandomSource(3));
        Assert.All(Images(other), image => Assert.DoesNotContain(image, known));
    }

    [SkippableFact]
    public void Without_the_files_one_line_says_how_to_get_them()
    {
        Skip.If(MnistDigits.IsPresent, "MNIST is here.");
        Assert.Contains("`book data get mnist`", Assert.Throws<FileNotFoundException>(() => new MnistDigits()).Message);
    }
}
