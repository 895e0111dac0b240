namespace RnnBook.Tests;

/// <summary>A table of vectors by itself and before a net. PyTorch's numbers are in the golden tests.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public void It_is_a_one_hot_input_times_a_matrix()
    {
        var random = new RandomSource(1);
        var embedding = new Embedding(6, 5, random);
        var (table, row) = (embedding.Weight.Value, new Linear(6, 5));
        for (var id = 0; id < 6; id++)
        {
            for (var d = 0; d < 5; d++)
            {
                row.Weight.Value[d, id] = table[id, d];
            }
        }

        row.Bias.Value.Clear();
        var ids = Ids(random, 7, 3, 6);
        var oneHot = new Tensor(7, 3, 6);
        for (var i = 0; i < ids.Count; i++)
        {
            oneHot.Span[(i * 6) + (int)ids.Span[i]] = 1;
        }

        Close.Assert(row.Forward(oneHot), embedding.Forward(ids), "vectors");
        var gradient = RandomNet.Tensor(random, 7, 3, 5);
        row.Backward(gradient);
        embedding.Backward(gradient);
        for (var id = 0; id < 6; id++)
        {
            for (var d = 0; d < 5; d++)
            {
                Assert.Equal(row.Weight.Gradient[d, id], embedding.Weight.Gradient[id, d], 1e-5);
            }
        }
    }

    [Fact]
    public void Only_rows_that_were_read_get_a_gradient()
    {
        var model = Model(threads: 1);
        var batch = new Batch(Tensor.From([3, 3, 9, 0], 2, 2, 1), RandomNet.Tensor(new RandomSource(2), 2, 2, 2));
        model.LossAndGradients(batch, new MeanSquaredError());
        for (var id = 0; id < 10; id++)
        {
            Assert.Equal(id is 0 or 3 or 9, model.Embedding!.Weight.Gradient.Slice(id).ContainsAnyExcept(0f));
        }
    }

    [Fact]
    public void The_same_bits_on_two_threads_and_nothing_allocated_whatever_stands_behind_the_end()
    {
        var runs = new[] { (1, 0f), (2, 0f), (2, float.NaN), (1, 1e9f) }.Select(run =>
        {
            var (threads, padding) = run;
            var model = Model(threads);
            var random = new RandomSource(3);
            var x = Ids(random, 6, 5, 10);
            (x[5, 1, 0], x[4, 1, 0], x[1, 4, 0]) = (padding, padding, padding);
            var batch = new Batch(x, RandomNet.Tensor(random, 6, 5, 2)) { Lengths = [6, 4, 6, 6, 1] };
            for (var t = 1; t < 6; t++)
            {
                x[t, 4, 0] = padding;
            }

            var loss = new MeanSquaredError();
            var allocated = new long[9];
            for (var i = 0; i < allocated.Length; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                model.LossAndGradients(batch, loss);
                allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.Equal(0, allocated.Order().ElementAt(4));
            return model.Parameters.SelectMany(p => p.Gradient.Span.ToArray()).ToArray();
        }).ToArray();
        Assert.All(runs, run => Assert.Equal(runs[0], run));
    }

    [Fact]
    public void Single_steps_read_ids_too()
    {
        var (model, random) = (Model(threads: 1), new RandomSource(5));
        var ids = Ids(random, 4, 3, 10);
        var whole = model.Forward(ids).Copy();
        model.BeginSteps(3);
        for (var t = 0; t < 4; t++)
        {
            Assert.Equal(whole.Slice(t).ToArray(), model.Step(Tensor.From(ids.Slice(t), 3, 1)).Span.ToArray());
        }
    }

    [Fact]
    public void What_is_no_id_is_named()
    {
        var embedding = new Embedding(10, 4);
        foreach (var bad in (float[])[10, -1, 2.5f, float.NaN, float.PositiveInfinity])
        {
            var message = Assert.Throws<ArgumentException>(() => embedding.Forward(Tensor.From([0, 1, bad, 3], 2, 2, 1))).Message;
            Assert.Contains($"{bad} at step 1 of sequence 0 is no id of Embedding: 10 ids → 4: whole numbers from 0 to 9 are", message, StringComparison.Ordinal);
        }

        Assert.Contains("[2×2×2]", Assert.Throws<ArgumentException>(() => embedding.Forward(new Tensor(2, 2, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Embedding(3, 4).Backward(new Tensor(2, 2, 4)));
        Assert.Contains("embedding gives 4", Assert.Throws<ArgumentException>(() => new SequenceModel(embedding, [new Rnn(3, 5)], new Linear(5, 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Embedding: 10 ids → 5 · Rnn: 5 → 18", Model(1).ToString(), StringComparison.Ordinal);
    }

    private static SequenceModel Model(int threads)
    {
        var random = new RandomSource(7);
        return new SequenceModel(new Embedding(10, 5, random), [new Rnn(5, 18, null, random)], new Linear(18, 2, random), everyStep: true) { Threads = threads };
    }

    private static Tensor Ids(RandomSource random, int length, int size, int count)
    {
        var ids = new Tensor(length, size, 1);
        foreach (ref var id in ids.Span)
        {
            id = random.NextInt(count);
        }

        return ids;
    }
}
