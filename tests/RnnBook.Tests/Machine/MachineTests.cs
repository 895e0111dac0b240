namespace RnnBook.Tests;

/// <summary>What chapter 14 measures with computes what it should; how fast is no matter of tests.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Rivals_are_called_in_turns_and_have_a_value_for_each_repeat()
    {
        var order = new List<string>();
        void Call(string name)
        {
            // Longer than a block, so that a block is one call.
            Thread.Sleep(1);
            order.Add(name);
        }

        var timing = InterleavedTiming.Measure(2, 3, ("a", () => Call("a")), ("b", () => Call("b")));
        Assert.Equal(["a", "b"], timing.Names);
        Assert.Equal(Enumerable.Repeat(new[] { "a", "b" }, 6).SelectMany(turn => turn), order.TakeLast(12));
        Assert.Equal(2, timing["a"].Count);
        Assert.All(timing["a"], time => Assert.True(time >= 1e6));
        Assert.Equal(timing["a"].Zip(timing["b"], (a, b) => a / b), timing.Ratio("a", over: "b"));
    }

    [Fact]
    public void A_rival_without_a_name_of_its_own_or_unknown_is_named()
    {
        var twice = Assert.Throws<ArgumentException>(() => InterleavedTiming.Measure(1, 1, ("a", () => { }), ("a", () => { })));
        Assert.Contains("a name of their own", twice.Message);
        var timing = InterleavedTiming.Measure(1, 1, ("a", () => { }));
        Assert.Contains("\"b\" was not timed: there are a", Assert.Throws<ArgumentException>(() => timing["b"]).Message);
    }

    [Fact]
    public void Loops_compute_what_the_activations_do()
    {
        var (a, g, h, d) = (Normal(64, 1), Normal(64, 2), new float[64], new float[64]);
        foreach (var f in new Activation[] { Activation.Relu, Activation.Tanh, Activation.Sigmoid })
        {
            ElementLoops.Scalar(f)(a, h);
            ElementLoops.Backward(f)(h, g, d);
            for (var i = 0; i < a.Length; i++)
            {
                Assert.Equal(f.Value((double)a[i]), h[i], 1e-6);
                Assert.Equal(g[i] * f.Derivative((double)a[i]), d[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Loops_of_all_widths_agree()
    {
        var (a, one, many) = (Normal(64, 1), new float[64], new float[64]);
        foreach (var loop in new Func<int, Action<float[], float[]>>[] { ElementLoops.Relu, ElementLoops.Polynomial })
        {
            loop(32)(a, one);
            foreach (var width in ElementLoops.Widths)
            {
                loop(width)(a, many);
                Assert.All(one.Zip(many), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
            }
        }
    }

    [Fact]
    public void A_loop_refuses_what_it_would_overrun()
    {
        Assert.Throws<ArgumentException>(() => ElementLoops.Relu(512)(new float[20], new float[20]));
        Assert.Throws<ArgumentException>(() => ElementLoops.Relu(256)(new float[32], new float[16]));
        Assert.Throws<ArgumentException>(() => ElementLoops.Backward(Activation.Tanh)(new float[32], new float[16], new float[32]));
        Assert.Contains("32, 128, 256, 512", Assert.Throws<ArgumentException>(() => ElementLoops.Relu(64)).Message);
        Assert.Contains("not for GELU", Assert.Throws<ArgumentException>(() => ElementLoops.Scalar(Activation.Gelu)).Message);
    }

    [Fact]
    public void Compressed_rows_multiply_like_the_dense_matrix_and_count_their_bytes()
    {
        var (sparse, right, product) = (Tensor.From([0, 5, 0, 7, 0, 8], 2, 3), Random(3, 4, 1), new Tensor(2, 4));
        product.Fill(9);
        var rows = new CompressedRows(sparse);
        rows.Multiply(right, product);
        Assert.True((product.ToMatrix() - (sparse.ToMatrix() * right.ToMatrix())).FrobeniusNorm() < 1e-5);
        Assert.Equal((3, 4L * 9, 24L, 1 + 12L), (rows.Count, rows.Bytes, rows.DenseBytes, rows.BitMaskBytes));
        Assert.Throws<ArgumentException>(() => rows.Multiply(Random(2, 4, 1), product));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_loop_that_may_skip_zeros_is_the_backward_pass_of_a_dense_layer(bool skip)
    {
        var (x, linear) = (Random(5, 7, 1), new Linear(7, 6));
        var gradient = Random(5, 6, 2);
        Activation.Relu.Apply(gradient.Span, gradient.Span);
        linear.Forward(x);
        var expected = linear.Backward(gradient)!;
        var (dW, dX) = (new Tensor(6, 7), new Tensor(5, 7));
        dX.Fill(9);
        ZeroSkipping.Backward(gradient, x, linear.Weight.Value, dW, dX, skip);
        Assert.True((expected.ToMatrix() - dX.ToMatrix()).FrobeniusNorm() < 1e-5);
        Assert.True((linear.Weight.Gradient.ToMatrix() - dW.ToMatrix()).FrobeniusNorm() < 1e-5);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 3)]
    [InlineData(0.17, 5)]
    [InlineData(0, 6)]
    public void Pruning_keeps_the_largest(double kept, int zeros)
    {
        var weight = Tensor.From([0.1f, -0.6f, 0.2f, 0.5f, -0.3f, 0.4f], 2, 3);
        WeightCompression.Prune(weight, kept);
        Assert.Equal(zeros, weight.Span.ToArray().Count(value => value == 0));
        Assert.True(zeros is 0 or 6 || weight[0, 1] == -0.6f);
    }

    [Fact]
    public void Int8_moves_a_weight_by_half_a_step_at_most_and_zero_not_at_all()
    {
        var weight = Random(4, 50, 3);
        weight[1, 7] = 0;
        weight.Slice(3).Clear();
        var before = weight.Copy();
        WeightCompression.RoundToInt8(weight);
        for (var row = 0; row < 4; row++)
        {
            var step = before.Slice(row).ToArray().Max(Math.Abs) / 127;
            var moved = before.Slice(row).ToArray().Zip(weight.Slice(row).ToArray(), (was, now) => Math.Abs(was - now));
            Assert.All(moved, distance => Assert.True(distance <= step * 0.501f));
        }

        Assert.Equal(0, weight[1, 7]);
    }

    [Fact]
    public void Bytes_are_those_of_the_smaller_form()
    {
        var (full, half) = (Random(4, 8, 1), Random(4, 8, 1));
        WeightCompression.Prune(half, 0.5);
        Assert.Equal((128, 32 + 16), (WeightCompression.Bytes(full, asBytes: false), WeightCompression.Bytes(full, asBytes: true)));
        Assert.Equal((4 + 64, 4 + 16 + 16), (WeightCompression.Bytes(half, asBytes: false), WeightCompression.Bytes(half, asBytes: true)));
    }

    [Fact]
    public void One_step_in_a_hundred_is_no_quicker_than_the_median()
    {
        var models = new[] { Model(new Rnn(1, 8)), Model(new Lstm(1, 8)) };
        var latencies = StepLatency.Measure(models, 300, seed: 1);
        Assert.Equal(2, latencies.Count);
        Assert.All(latencies, latency => Assert.True(latency.P99 >= latency.P50));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepLatency.Measure(models, 99, seed: 1));
    }

    private static SequenceModel Model(RecurrentLayer layer) => new(layer, new Linear(8, 2));

    private static float[] Normal(int count, ulong seed) => Random(1, count, seed).Span.ToArray();

    private static Tensor Random(int rows, int columns, ulong seed)
    {
        var (tensor, random) = (new Tensor(rows, columns), new RandomSource(seed));
        foreach (ref var value in tensor.Span)
        {
            value = (float)random.NextGaussian();
        }

        return tensor;
    }
}
