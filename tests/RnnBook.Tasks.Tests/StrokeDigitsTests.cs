namespace RnnBook.Tests;

public class StrokeDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_digits_and_another_seed_others()
    {
        var task = new StrokeDigits(14, pixelsPerStep: 196);
        var (first, again, other) = (task.TestBatch(50, 1), task.TestBatch(50, 1), task.TestBatch(50, 2));
        Assert.Equal(first.Labels, again.Labels);
        Assert.Equal(first.Inputs.Span.ToArray(), again.Inputs.Span.ToArray());
        Assert.NotEqual(first.Inputs.Span.ToArray(), other.Inputs.Span.ToArray());
        task.Fill(other, new RandomSource(1));
        Assert.Equal(first.Inputs.Span.ToArray(), other.Inputs.Span.ToArray());
    }

    [Fact]
    public void Every_digit_lies_on_black_paper_with_a_black_rim_and_no_two_are_alike()
    {
        var images = Images(28, 1000, 7);
        Assert.Equal(1000, images.Select(image => string.Join(',', image)).Distinct().Count());
        foreach (var image in images)
        {
            Assert.All(image, pixel => Assert.InRange(pixel, 0, 1));
            Assert.InRange(image.Count(pixel => pixel == 0), 392, 740);
            Assert.InRange(image.Max(), 0.6f, 1);
            Assert.All(Enumerable.Range(0, 28), k => Assert.Equal(0, image[k] + image[(27 * 28) + k] + image[28 * k] + image[(28 * k) + 27]));
        }
    }

    [Fact]
    public void All_ten_digits_come_equally_often()
    {
        var labels = new StrokeDigits(14).TestBatch(5000, 3).Labels!;
        var strays = 5 * Math.Sqrt(5000 * 0.1 * 0.9);
        Assert.All(Enumerable.Range(0, 10), d => Assert.InRange(labels.Count(l => l == d), 500 - strays, 500 + strays));
    }

    [Fact]
    public void The_small_image_is_the_large_one_averaged_over_blocks()
    {
        foreach (var (large, small) in Images(28, 3, 5).Zip(Images(14, 3, 5)))
        {
            Assert.Equal(large.Average(), small.Average(), 1e-6);
            var block = new[] { 0, 1, 28, 29 }.Average(k => large[(2 * 9 * 28) + (2 * 6) + k]);
            Assert.Equal(block, small[(9 * 14) + 6], 1e-6);
        }
    }

    [Theory]
    [InlineData(28, false, 1)]
    [InlineData(28, true, 1)]
    [InlineData(14, false, 14)]
    [InlineData(14, true, 4)]
    public void The_sequence_shows_the_pixels_of_the_image_in_the_tasks_order(int side, bool permuted, int pixelsPerStep)
    {
        var task = new StrokeDigits(side, permuted, pixelsPerStep);
        var (images, batch) = (Images(side, 3, 8), task.TestBatch(3, 8));
        Assert.Equal(new StrokeDigits().TestBatch(3, 8).Labels, batch.Labels);
        Assert.Equal((side * side / pixelsPerStep, pixelsPerStep), (batch.Length, batch.Inputs.Shape[2]));
        for (var b = 0; b < 3; b++)
        {
            for (var i = 0; i < side * side; i++)
            {
                Assert.Equal(images[b][task.Order[i]], batch.Inputs[i / pixelsPerStep, b, i % pixelsPerStep]);
            }
        }
    }

    [Fact]
    public void The_permutation_is_fixed_and_takes_nearness_away()
    {
        var order = new StrokeDigits(permuted: true).Order;
        Assert.Equal(order, new StrokeDigits(permuted: true).Order);
        Assert.Equal(Enumerable.Range(0, 784), order.Order());
        Assert.InRange(order.Zip(order.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) == 1), 0, 10);
        Assert.Equal(Enumerable.Range(0, 784), new StrokeDigits().Order);
    }

    /// <summary>
    /// One step that shows the whole image makes the recurrent model a network with one hidden layer; with the identity as activation it is
    /// a linear classifier. If that one read the digits as well, the task would be too easy to tell models apart.
    /// </summary>
    [Fact]
    public void A_linear_classifier_reads_most_digits_and_a_small_network_clearly_more()
    {
        var (linear, network) = (AccuracyOf(Activation.Identity), AccuracyOf(Activation.Relu));
        Assert.InRange(linear, 0.8, 0.95);
        Assert.InRange(network, linear + 0.015, 1);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Contains("28 or 14", Assert.Throws<ArgumentOutOfRangeException>(() => new StrokeDigits(16)).Message);
        Assert.Contains("divides 784", Assert.Throws<ArgumentOutOfRangeException>(() => new StrokeDigits(pixelsPerStep: 5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StrokeDigits().TestBatch(0, 1));
        var small = new StrokeDigits(14).TestBatch(1, 1);
        Assert.Contains("[196×1×1], but [784×any×1]", Assert.Throws<ArgumentException>(() => new StrokeDigits().Fill(small, new RandomSource(1))).Message);
    }

    /// <summary>Digits as images, row by row: each is the one step of a sequence.</summary>
    private static List<float[]> Images(int side, int count, ulong seed) =>
        [.. new StrokeDigits(side, pixelsPerStep: side * side).TestBatch(count, seed).Inputs.Span.ToArray().Chunk(side * side)];

    private static double AccuracyOf(Activation activation)
    {
        var task = new StrokeDigits(14, pixelsPerStep: 196);
        var random = new RandomSource(3);
        var model = new SequenceModel(new Rnn(196, 48, activation, random), new Linear(48, 10, random));
        return new Trainer(model, task, new Adam(3e-3f)) { BatchSize = 32, EvaluateEvery = 2500, TestSize = 2000 }.Run(2500).Last.Accuracy;
    }
}
