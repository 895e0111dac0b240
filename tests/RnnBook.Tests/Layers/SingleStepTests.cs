namespace RnnBook.Tests;

/// <summary>A model that reads a stream step by step answers as one that reads it whole.</summary>
public sealed class SingleStepTests
{
    public static TheoryData<string> Cells() => [.. RandomNet.Cells];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Steps_give_the_bits_of_the_whole_sequence(string cell)
    {
        var random = new RandomSource(5);
        var model = RandomNet.Model([cell, "gru", "lstm"], 3, 19, 2, everyStep: true, random);
        foreach (var size in (int[])[1, 5])
        {
            var x = RandomNet.Tensor(random, 7, size, 3);
            model.InitialState = null;
            var zeros = model.Forward(x).Copy();
            model.InitialState = model.NewState(size);
            model.ReadFinalState(model.InitialState);
            var later = model.Forward(x).Copy();

            model.InitialState = null;
            model.BeginSteps(size);
            foreach (var expected in (Tensor[])[zeros, later])
            {
                var input = new Tensor(size, 3);
                for (var t = 0; t < 7; t++)
                {
                    x.Slice(t).CopyTo(input.Span);
                    Assert.Equal(expected.Slice(t).ToArray(), model.Step(input).Span.ToArray());
                }
            }
        }
    }

    [Fact]
    public void A_step_needs_its_beginning_and_its_shape()
    {
        var random = new RandomSource(5);
        var model = RandomNet.Model(["gru"], 3, 4, 2, everyStep: false, random);
        Assert.Contains("BeginSteps", Assert.Throws<InvalidOperationException>(() => model.Step(new Tensor(1, 3))).Message);
        model.BeginSteps();
        Assert.Contains("2×3", Assert.Throws<ArgumentException>(() => model.Step(new Tensor(2, 3))).Message);
        model.Forward(RandomNet.Tensor(random, 2, 1, 3));
        Assert.Throws<InvalidOperationException>(() => model.Step(new Tensor(1, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.BeginSteps(0));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var model = RandomNet.Model(["lstm"], 3, 20, 2, everyStep: false, new RandomSource(5));
        var x = new Tensor(1, 3);
        model.BeginSteps();
        model.Step(x);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            model.Step(x);
        }

        // One step's share: the runtime itself may count the rest of a buffer.
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 100);
    }
}
