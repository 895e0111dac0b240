namespace RnnBook.Tests;

/// <summary>tanh and the logistic function of the kernels over the whole range of float.</summary>
public sealed class VectorMathTests
{
    public static TheoryData<int> Widths() => [.. Kernels.All.Select(k => k.Width)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tanh_is_accurate_everywhere(int width)
    {
        Assert.True(Worst(width, Activation.Tanh, Math.Tanh, relative: true) < 4e-7);
        Assert.True(Worst(width, Activation.Tanh, Math.Tanh, relative: false) < 3e-7);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sigmoid_is_accurate_everywhere(int width) =>
        Assert.True(Worst(width, Activation.Sigmoid, x => 1 / (1 + Math.Exp(-x)), relative: false) < 2e-7);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Elu_is_accurate_everywhere(int width) =>
        Assert.True(Worst(width, Activation.Elu, Activation.Elu.Value, relative: false) < 4e-7);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Ends_are_exact(int width)
    {
        float[] large = [9.2f, 20, 1e10f, float.MaxValue, float.PositiveInfinity];
        float[] small = [-9.2f, -20, -1e10f, float.MinValue, float.NegativeInfinity];
        Assert.All(Apply(width, Activation.Tanh, large), h => Assert.Equal(1f, h));
        Assert.All(Apply(width, Activation.Tanh, small), h => Assert.Equal(-1f, h));
        Assert.All(Apply(width, Activation.Sigmoid, [.. large.Select(x => 2 * x)]), h => Assert.Equal(1f, h));
        Assert.All(Apply(width, Activation.Sigmoid, [.. small.Select(x => 2 * x)]), h => Assert.Equal(0f, h));
        Assert.Equal([0f, float.NaN], Apply(width, Activation.Tanh, [0f, float.NaN]));
        Assert.Equal([0f, float.NaN, float.PositiveInfinity, 0f], Apply(width, Activation.Relu, [-1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity]));
    }

    private static double Worst(int width, Activation f, Func<double, double> exact, bool relative)
    {
        // Some 25,000 numbers over all exponents, of both signs.
        var x = Enumerable.Range(0, 25_000).Select(i => BitConverter.Int32BitsToSingle((int)(0x20000000 + ((long)i * 0x22000000 / 25_000))))
            .Where(v => v < 100).SelectMany(v => (float[])[v, -v]).ToArray();
        return x.Zip(Apply(width, f, x)).Max(p => Math.Abs(p.Second - exact(p.First)) / (relative ? Math.Abs(exact(p.First)) : 1));
    }

    /// <summary>A single step of a layer of one unit that hands its input to f.</summary>
    private static float[] Apply(int width, Activation f, float[] x)
    {
        var rnn = new Rnn(1, 1, f) { Kernels = Kernels.All.Single(k => k.Width == width) };
        rnn.WeightIh.Value.Fill(1);
        rnn.BiasIh.Value.Clear();
        rnn.BiasHh.Value.Clear();
        rnn.WeightHh.Value.Clear();
        return rnn.Forward(Tensor.From(x, 1, x.Length, 1)).Span.ToArray();
    }
}
