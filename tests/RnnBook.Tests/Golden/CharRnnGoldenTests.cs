using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>Article E's program, as PyTorch computed it (make_char_rnn.py), against <see cref="CharRnn"/> with the same weights.</summary>
public sealed class CharRnnGoldenTests
{
    private const int Letters = 7, Units = 6, Outputs = 5, Layers = 2, Steps = 9, Sequences = 3;

    private static readonly Lazy<JsonElement> Golden = new(() => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "char-rnn.golden.json"))).RootElement);

    [Fact]
    public void Scores_and_final_state_from_a_given_state_agree_with_PyTorch()
    {
        var net = Net();
        var (output, state) = net.Forward(Read().Inputs, Start(net));
        Close.Assert(Numbers(Golden.Value.GetProperty("output"), Sequences, Outputs), output, "output");
        for (var layer = 0; layer < Layers; layer++)
        {
            Close.Assert(Numbers(Golden.Value.GetProperty("hn")[layer], Sequences, Units), state.Hidden[layer], $"state of layer {layer}");
        }
    }

    [Fact]
    public void Loss_and_all_gradients_agree_with_PyTorch()
    {
        var net = Net();
        net.Model.InitialState = Start(net);
        var loss = net.Model.LossAndGradients(Read(), new SoftmaxCrossEntropy());
        Assert.Equal(Golden.Value.GetProperty("loss").GetDouble(), loss, 1e-6);
        foreach (var (parameter, torch) in net.Model.Parameters.Zip(Golden.Value.GetProperty("gradients").EnumerateObject()))
        {
            Assert.Equal(torch.Name.Replace("encoder", "embedding", StringComparison.Ordinal).Replace("decoder", "head", StringComparison.Ordinal), parameter.Name);
            Close.Assert(Numbers(torch.Value, parameter.Gradient.Shape.ToArray()), parameter.Gradient, torch.Name);
        }
    }

    [Fact]
    public void Losses_of_twenty_updates_of_Adam_agree_with_PyTorch()
    {
        var net = Net();
        net.Model.InitialState = Start(net);
        var adam = new Adam((float)Golden.Value.GetProperty("rate").GetDouble());
        foreach (var expected in Golden.Value.GetProperty("losses").EnumerateArray())
        {
            Assert.Equal(expected.GetDouble(), net.Model.LossAndGradients(Read(), new SoftmaxCrossEntropy()), 1e-4);
            adam.Step(net.Model.Parameters);
        }
    }

    [Fact]
    public void A_text_read_in_two_parts_ends_as_read_at_once()
    {
        var net = Net();
        var whole = Read().Inputs;
        var (first, second) = (new Tensor(4, Sequences, 1), new Tensor(Steps - 4, Sequences, 1));
        whole.Span[..first.Count].CopyTo(first.Span);
        whole.Span[first.Count..].CopyTo(second.Span);
        var atOnce = net.Forward(whole, Start(net)).Output.Span.ToArray();
        var inParts = net.Forward(second, net.Forward(first, Start(net)).State).Output.Span.ToArray();
        Assert.Equal(atOnce, inParts);
    }

    private static Batch Read()
    {
        var x = new Tensor(Steps, Sequences, 1);
        for (var t = 0; t < Steps; t++)
        {
            for (var b = 0; b < Sequences; b++)
            {
                x[t, b, 0] = ((3 * t) + (2 * b) + (t * b)) % Letters;
            }
        }

        return new Batch(x, [1, 3, 0]);
    }

    private static CharRnn Net()
    {
        var net = new CharRnn(Letters, Units, Outputs, Layers);
        double[] scales = [1, 0.5, 0.5, 0.3, 0.2, 0.5, 0.5, 0.3, 0.2, 0.9, 0.2];
        foreach (var (i, parameter) in net.Model.Parameters.Index())
        {
            Wave(21 + i, scales[i], parameter.Value);
        }

        return net;
    }

    private static SequenceState Start(CharRnn net)
    {
        var (state, all) = (net.Model.NewState(Sequences), new Tensor(Layers, Sequences, Units));
        Wave(32, 0.4, all);
        for (var layer = 0; layer < Layers; layer++)
        {
            all.Span.Slice(layer * Sequences * Units, Sequences * Units).CopyTo(state.Hidden[layer].Span);
        }

        return state;
    }

    /// <summary>The script's formula for array number m.</summary>
    private static void Wave(int m, double scale, Tensor target)
    {
        for (var n = 0; n < target.Count; n++)
        {
            target.Span[n] = (float)(scale * Math.Sin(m + ((double)n * n)));
        }
    }

    private static Tensor Numbers(JsonElement nested, params int[] shape) => Tensor.From([.. Flat(nested).Select(v => (float)v)], shape);

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];
}
