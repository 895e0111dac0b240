using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>One net that PyTorch computed in double: make_golden.py describes the fields.</summary>
public sealed class LayerGolden(JsonElement json)
{
    private static readonly Lazy<List<LayerGolden>> Read = new(() => [.. Cases("layers.golden.json").Select(json => new LayerGolden(json))]);

    public static IReadOnlyList<LayerGolden> All => Read.Value;

    public string Name => json.GetProperty("name").GetString()!;

    public bool HasInitialState => json.TryGetProperty("h0", out _);

    public bool EveryStep => json.GetProperty("everyStep").GetBoolean();

    public int[]? Lengths => json.TryGetProperty("lengths", out var lengths) ? [.. lengths.EnumerateArray().Select(length => length.GetInt32())] : null;

    public double Value => json.GetProperty("value").GetDouble();

    public Loss Loss => json.GetProperty("loss").GetString() == "mse" ? new MeanSquaredError() : new SoftmaxCrossEntropy();

    public Tensor Tensor(string property) => ToTensor(json.GetProperty(property));

    public Tensor Gradient(string parameter) => ToTensor(json.GetProperty("gradients").GetProperty(parameter));

    public Batch Batch() => json.TryGetProperty("targets", out _)
        ? new Batch(Tensor("x"), Tensor("targets")) { Lengths = Lengths }
        : new Batch(Tensor("x"), [.. json.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())]) { Lengths = Lengths };

    /// <summary>The same net with PyTorch's weights, computed with the given width of register.</summary>
    internal SequenceModel Model(Kernels kernels)
    {
        var parameters = json.GetProperty("parameters");
        var layers = new List<RecurrentLayer>();
        for (var i = 0; i < json.GetProperty("layers").GetInt32(); i++)
        {
            var shape = parameters.GetProperty($"rnn.weight_ih_l{i}").GetProperty("shape");
            var units = parameters.GetProperty($"rnn.weight_hh_l{i}").GetProperty("shape")[1].GetInt32();
            layers.Add(json.GetProperty("cell").GetString() switch
            {
                "relu" => new Rnn(shape[1].GetInt32(), units, Activation.Relu),
                "tanh" => new Rnn(shape[1].GetInt32(), units, Activation.Tanh),
                "prelu" => new Rnn(shape[1].GetInt32(), units, Activation.PRelu),
                "residual" => new Rnn(shape[1].GetInt32(), units, Activation.Tanh) { Residual = true },
                "lstm" => new Lstm(shape[1].GetInt32(), units),
                _ => new Gru(shape[1].GetInt32(), units),
            });
            layers[^1].Kernels = kernels;
            if (json.TryGetProperty("clip", out var clip))
            {
                var most = clip[1].GetSingle();
                layers[^1].StateGradientClip = clip[0].GetString() == "norm" ? StateGradientClip.ByNorm(most) : StateGradientClip.ByValue(most);
            }
        }

        Embedding? embedding = null;
        if (parameters.TryGetProperty("embedding.weight", out var table))
        {
            embedding = new Embedding(table.GetProperty("shape")[0].GetInt32(), table.GetProperty("shape")[1].GetInt32());
        }

        var head = parameters.GetProperty("head.weight").GetProperty("shape");
        var model = new SequenceModel(embedding, layers, new Linear(head[1].GetInt32(), head[0].GetInt32()) { Kernels = kernels }, EveryStep)
        {
            GradientWindow = json.TryGetProperty("window", out var window) ? window.GetInt32() : null,
        };
        foreach (var parameter in model.Parameters)
        {
            ToTensor(parameters.GetProperty(parameter.Name)).Span.CopyTo(parameter.Value.Span);
        }

        return model;
    }

    public override string ToString() => Name;

    internal static IEnumerable<JsonElement> Cases(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file))).RootElement.EnumerateArray();

    internal static Tensor ToTensor(JsonElement element) => RnnBook.Tensor.From(
        [.. element.GetProperty("values").EnumerateArray().Select(value => (float)value.GetDouble())],
        [.. element.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())]);
}
