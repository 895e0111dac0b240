using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>
/// Article A's program, one linear map of input and state joined, as PyTorch computed it (make_chapter03_golden.py), against the
/// library's layer, which has the two parts as matrices of their own.
/// </summary>
public sealed class JoinedNetGoldenTests
{
    private const int Steps = 9, Sequences = 3, Inputs = 3, Units = 6, Outputs = 4;

    private static readonly Lazy<JsonElement> Golden = new(() => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "chapter03.golden.json"))).RootElement.GetProperty("RNNModel"));

    [Fact]
    public void States_and_answers_of_every_step_agree_with_PyTorch()
    {
        var model = Model();
        var answers = model.Forward(Wave(15, 1, Steps, Sequences, Inputs));
        var odds = new Tensor(answers.Shape);
        for (var row = 0; row < answers.Count / Outputs; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.SoftMax(
                answers.Span.Slice(row * Outputs, Outputs), odds.Span.Slice(row * Outputs, Outputs));
        }

        Close.Assert(Numbers(Golden.Value.GetProperty("states"), Steps, Sequences, Units), model.Layers[0].States, "states");
        Close.Assert(Numbers(Golden.Value.GetProperty("answers"), Steps, Sequences, Outputs), odds, "answers");
    }

    [Fact]
    public void Loss_and_gradients_after_the_last_step_agree_with_PyTorch()
    {
        var model = new SequenceModel(Model().Layers[0], Model().Head);
        var loss = model.LossAndGradients(new Batch(Wave(15, 1, Steps, Sequences, Inputs), [0, 1, 2]), new SoftmaxCrossEntropy());
        Assert.Equal(Golden.Value.GetProperty("loss").GetDouble(), loss, 1e-6);

        var gradients = Golden.Value.GetProperty("gradients");
        var (ih, hh) = (model.Layers[0].WeightIh.Gradient, model.Layers[0].WeightHh.Gradient);
        Close.Assert(Numbers(gradients.GetProperty("i2h.weight"), Units, Inputs + Units), ih.ToMatrix().Append(hh.ToMatrix()).ToTensor(), "joined weights");
        Close.Assert(Numbers(gradients.GetProperty("i2h.bias"), Units), model.Layers[0].BiasIh.Gradient, "bias");
        Close.Assert(Numbers(gradients.GetProperty("h2o.weight"), Outputs, Units), model.Head.Weight.Gradient, "head's weights");
        Close.Assert(Numbers(gradients.GetProperty("h2o.bias"), Outputs), model.Head.Bias.Gradient, "head's bias");
    }

    /// <summary>The net with the script's weights, an answer every step.</summary>
    private static SequenceModel Model()
    {
        var (rnn, head) = (new Rnn(Inputs, Units, Activation.Relu), new Linear(Units, Outputs));
        var joined = Wave(11, 0.6, Units, Inputs + Units).ToMatrix();
        rnn.WeightIh.Value.Assign(joined.SubMatrix(0, Units, 0, Inputs));
        rnn.WeightHh.Value.Assign(joined.SubMatrix(0, Units, Inputs, Units));
        Wave(12, 0.3, Units).Span.CopyTo(rnn.BiasIh.Value.Span);
        rnn.BiasHh.Value.Clear();
        Wave(13, 0.9, Outputs, Units).Span.CopyTo(head.Weight.Value.Span);
        Wave(14, 0.2, Outputs).Span.CopyTo(head.Bias.Value.Span);
        return new SequenceModel(rnn, head, everyStep: true);
    }

    /// <summary>The script's formula for array number m.</summary>
    private static Tensor Wave(int m, double scale, params int[] shape)
    {
        var wave = new Tensor(shape);
        for (var n = 0; n < wave.Count; n++)
        {
            wave.Span[n] = (float)(scale * Math.Sin(m + ((double)n * n)));
        }

        return wave;
    }

    private static Tensor Numbers(JsonElement nested, params int[] shape) => Tensor.From([.. Flat(nested).Select(v => (float)v)], shape);

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];
}
