using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>The article's 784-512-10 net gives PyTorch's numbers; make_digit_net.py describes file and formula.</summary>
public sealed class DigitNetGoldenTests
{
    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "digit-net.golden.json"))).RootElement;

    [Fact]
    public void Outputs_and_gradients_agree()
    {
        var (net, batch) = Start();
        var loss = net.LossAndGradients(batch, new SoftmaxCrossEntropy());
        Assert.Equal(Golden.GetProperty("loss").GetDouble(), loss, 1e-6);
        Close.Assert(
            Tensor.From([.. Golden.GetProperty("output").EnumerateArray().SelectMany(Floats)], 1, batch.Size, 10), net.Forward(batch.Inputs), "output");
        foreach (var parameter in net.Parameters)
        {
            var expected = Golden.GetProperty("gradients").GetProperty(parameter.Name);
            var step = expected.GetProperty("step").GetInt32();
            var values = Floats(expected.GetProperty("values")).ToArray();
            var found = parameter.Gradient.Span.ToArray().Where((_, i) => i % step == 0).ToArray();
            Close.Assert(Tensor.From(values, values.Length), Tensor.From(found, values.Length), parameter.Name);
        }
    }

    [Fact]
    public void Twenty_updates_go_the_same_way()
    {
        var (net, batch) = Start();
        var descent = new Sgd((float)Golden.GetProperty("rate").GetDouble());
        foreach (var expected in Golden.GetProperty("losses").EnumerateArray())
        {
            Assert.Equal(expected.GetDouble(), net.LossAndGradients(batch, new SoftmaxCrossEntropy()), 1e-5);
            descent.Step(net.Parameters);
        }
    }

    private static (FeedForward Net, Batch Batch) Start()
    {
        var net = new FeedForward([784, 512, 10], Activation.Relu);
        for (var k = 0; k < net.Parameters.Count; k++)
        {
            Fill(net.Parameters[k].Value, (uint)k + 1, u => (u - 0.5f) / 8);
        }

        var x = new Tensor(1, Golden.GetProperty("images").GetInt32(), 784);
        Fill(x, 5, u => u);
        return (net, new Batch(x, [.. Golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())]));
    }

    private static void Fill(Tensor tensor, uint k, Func<float, float> scale)
    {
        for (var i = 0; i < tensor.Count; i++)
        {
            var n = ((uint)i * 0x9E3779B1) + k;
            n = (n ^ (n >> 16)) * 0x85EBCA6B;
            n = (n ^ (n >> 13)) * 0xC2B2AE35;
            n ^= n >> 16;
            tensor.Span[i] = scale((n >> 8) / (float)(1 << 24));
        }
    }

    private static IEnumerable<float> Floats(JsonElement values) => values.EnumerateArray().Select(value => (float)value.GetDouble());
}
