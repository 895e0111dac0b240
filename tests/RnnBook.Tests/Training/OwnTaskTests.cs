namespace RnnBook.Tests;

/// <summary>A task from outside the library, and a dense net, train like the library's own: only public members are used here.</summary>
public sealed class OwnTaskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_task_of_ones_own_is_learned()
    {
        var task = new Parity(2);
        var random = new RandomSource(5);
        var model = new SequenceModel(new Gru(1, 16, random), new Linear(16, 2, random));
        var history = new Trainer(model, task, new Adam(0.01f)) { EvaluateEvery = 400 }.Run(800);
        Assert.True(history.Last.Accuracy > 0.95, history.ToString());
        Assert.True(history.Last.TestError < history.Baseline / 4, history.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dense_net_trains_on_what_has_one_step_and_resumes_bit_for_bit(bool values)
    {
        SequenceTask Task() => values ? new Product() : new Parity(1);
        Trainer Trainer(FeedForward net) => new(net, Task(), new Adam(0.01f)) { EvaluateEvery = 200, BatchSize = 8 };
        FeedForward Net() => new([Task().InputSize, 16, Task().OutputSize], Activation.Tanh, new RandomSource(5));

        var whole = Net();
        var history = Trainer(whole).Run(800);
        Assert.True(history.Last.TestError < history.Baseline / 2, history.ToString());

        var (first, second, file) = (Trainer(Net()), Net(), Path.Combine(folder, "half.safetensors"));
        first.Run(400);
        first.Save(file);
        var rest = Trainer(second);
        rest.Resume(file);
        rest.Run(400);
        Assert.All(whole.Parameters.Zip(second.Parameters), pair => Assert.Equal(pair.First.Value.Span.ToArray(), pair.Second.Value.Span.ToArray()));
    }

    [Fact]
    public void A_dense_net_is_refused_where_time_matters()
    {
        var net = new FeedForward([1, 4, 2], Activation.Tanh);
        Assert.Contains("after every step", Assert.Throws<ArgumentException>(() => new Trainer(net, new Parity(5), new Sgd(0.1f))).Message);
        Assert.Contains("has no state to carry on", Assert.Throws<ArgumentException>(() => new Trainer(net, new Parity(1), new Sgd(0.1f)) { CarryState = true }.Run(1)).Message);
    }

    [Fact]
    public void A_dense_net_allocates_nothing_in_a_step()
    {
        var allocated = new long[12];
        var trainer = new Trainer(new FeedForward([2, 16, 1], Activation.Relu), new Product(), new Adam(0.01f)) { EvaluateEvery = 10, TestSize = 40 };
        trainer.Run(100, point => allocated[point.Update / 10] = GC.GetAllocatedBytesForCurrentThread());
        Assert.All(Enumerable.Range(2, 8), i => Assert.Equal(allocated[i], allocated[i + 1]));
    }

    /// <summary>Whether the number of ones among T signs is odd.</summary>
    private sealed class Parity : SequenceTask
    {
        public Parity(int length)
            : base(new SoftmaxCrossEntropy()) =>
            (Name, SequenceLength, InputSize, OutputSize, Baseline) = ($"parity of {length}", length, 1, 2, Math.Log(2));

        protected override void Draw(Batch batch, RandomSource random, bool test)
        {
            for (var b = 0; b < batch.Size; b++)
            {
                batch.Labels![b] = 0;
                for (var t = 0; t < batch.Length; t++)
                {
                    var bit = random.NextInt(2);
                    batch.Inputs[t, b, 0] = (2 * bit) - 1;
                    batch.Labels[b] ^= bit;
                }
            }
        }
    }

    /// <summary>The product of two numbers between −1 and 1, read at once; its variance is 1/9.</summary>
    private sealed class Product : SequenceTask
    {
        public Product()
            : base(new MeanSquaredError()) =>
            (Name, SequenceLength, InputSize, OutputSize, Baseline) = ("product", 1, 2, 1, 1.0 / 9);

        protected override void Draw(Batch batch, RandomSource random, bool test)
        {
            for (var b = 0; b < batch.Size; b++)
            {
                (batch.Inputs[0, b, 0], batch.Inputs[0, b, 1]) = ((float)random.NextUniform(-1, 1), (float)random.NextUniform(-1, 1));
                batch.Targets![b, 0] = batch.Inputs[0, b, 0] * batch.Inputs[0, b, 1];
            }
        }
    }
}
