namespace RnnBook.Tests;

/// <summary>A head of attention against PyTorch, against central differences, and where its gradient goes.</summary>
public sealed class AttentionTests
{
    public static TheoryData<string> Cases => [.. LayerGolden.Cases("attention.golden.json").Select(json => json.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_agrees_with_PyTorch(string name)
    {
        var golden = LayerGolden.Cases("attention.golden.json").Single(json => json.GetProperty("name").GetString() == name);
        Tensor Read(string property) => LayerGolden.ToTensor(golden.GetProperty(property));
        var (x, gradient) = (Read("x"), Read("outputGradient"));
        var attention = new Attention(x.Shape[2], gradient.Shape[2], golden.GetProperty("causal").GetBoolean());
        foreach (var parameter in attention.Parameters)
        {
            LayerGolden.ToTensor(golden.GetProperty("parameters").GetProperty(parameter.Name)).Span.CopyTo(parameter.Value.Span);
        }

        Close.Assert(Read("output"), attention.Forward(x), "output");
        Close.Assert(Read("weights"), attention.Weights, "weights");
        Close.Assert(Read("inputGradient"), attention.Backward(gradient)!, "∂L/∂x");
        foreach (var parameter in attention.Parameters)
        {
            Close.Assert(LayerGolden.ToTensor(golden.GetProperty("gradients").GetProperty(parameter.Name)), parameter.Gradient, parameter.Name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_gradients_are_central_differences(bool causal)
    {
        var random = new RandomSource(2);
        var attention = new Attention(3, 4, causal, random);
        var (x, weights) = (RandomNet.Tensor(random, 5, 2, 3), RandomNet.Tensor(random, 5, 2, 4));
        attention.Forward(x);
        attention.Backward(weights);
        var check = GradientCheck.Measure(
            attention.Parameters, () => attention.Forward(x).Span.ToArray().Zip(weights.Span.ToArray(), (o, w) => (double)o * w).Sum());
        Assert.True(check.Digits > 3.5, check.ToString());
    }

    [Fact]
    public void A_causal_head_does_not_look_ahead_and_any_two_steps_are_one_move_apart()
    {
        var random = new RandomSource(3);
        var (causal, all) = (new Attention(2, 3, causal: true, random), new Attention(2, 3, causal: false, random));
        var x = RandomNet.Tensor(random, 200, 1, 2);
        causal.Forward(x);
        all.Forward(x);
        for (var t = 0; t < 200; t++)
        {
            Assert.Equal(1, causal.Weights.Slice(0).Slice(t * 200, 200).ToArray().Sum(), 1e-5);
            Assert.False(causal.Weights.Slice(0).Slice((t * 200) + t + 1, 199 - t).ContainsAnyExcept(0f));
        }

        var last = new Tensor(200, 1, 3);
        last.Slice(199).Fill(1);
        Assert.NotEqual(0, all.Backward(last)![0, 0, 0]);
        var first = new Tensor(200, 1, 3);
        first.Slice(0).Fill(1);
        Assert.False(causal.Backward(first)!.Span[2..].ContainsAnyExcept(0f));
    }

    [Fact]
    public void A_step_allocates_nothing_and_shapes_are_named()
    {
        var random = new RandomSource(4);
        var attention = new Attention(3, 4, causal: true, random);
        Assert.Throws<InvalidOperationException>(() => attention.Weights);
        Assert.Throws<InvalidOperationException>(() => attention.Backward(new Tensor(5, 2, 4)));
        var (x, gradient) = (RandomNet.Tensor(random, 5, 2, 3), RandomNet.Tensor(random, 5, 2, 4));
        var allocated = new long[9];
        for (var i = 0; i < allocated.Length; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            attention.Forward(x);
            attention.Backward(gradient);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated.Order().ElementAt(4));
        Assert.Contains("[5×2×4]", Assert.Throws<ArgumentException>(() => attention.Forward(gradient)).Message, StringComparison.Ordinal);
        Assert.Contains("[5×2×3]", Assert.Throws<ArgumentException>(() => attention.Backward(x)).Message, StringComparison.Ordinal);
        Assert.Contains("[0×2×3]", Assert.Throws<ArgumentException>(() => attention.Forward(new Tensor(0, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Equal("Attention: 3 → 4, causal", attention.ToString());
    }
}
