namespace RnnBook.Tests;

/// <summary>Small nets and batches with random weights, for the comparison with the reference.</summary>
internal static class RandomNet
{
    public static RecurrentLayer Layer(string cell, int inputs, int units, RandomSource random) => cell switch
    {
        "lstm" => new Lstm(inputs, units, random),
        "gru" => new Gru(inputs, units, random),
        "residual" => new Rnn(inputs, units, Activation.Tanh, random) { Residual = true },
        _ => new Rnn(inputs, units, Activation.All.Single(f => f.Name.Equals(cell, StringComparison.OrdinalIgnoreCase)), random),
    };

    public static IEnumerable<string> Cells => [.. Activation.All.Select(f => f.Name), "residual", "lstm", "gru"];

    public static SequenceModel Model(
        IEnumerable<string> cells, int inputs, int units, int outputs, bool everyStep, RandomSource random, Kernels? kernels = null)
    {
        var layers = new List<RecurrentLayer>();
        foreach (var cell in cells)
        {
            layers.Add(Layer(cell, layers.Count == 0 ? inputs : units, units, random));
            layers[^1].Kernels = kernels ?? Kernels.Best;
        }

        return new SequenceModel(layers, new Linear(units, outputs, random) { Kernels = kernels ?? Kernels.Best }, everyStep);
    }

    public static Tensor Tensor(RandomSource random, params ReadOnlySpan<int> shape)
    {
        var tensor = new Tensor(shape);
        foreach (ref var value in tensor.Span)
        {
            value = (float)random.NextGaussian();
        }

        return tensor;
    }

    public static Batch Targets(int length, int size, int inputs, int outputs, bool everyStep, RandomSource random) => new(
        Tensor(random, length, size, inputs), everyStep ? Tensor(random, length, size, outputs) : Tensor(random, size, outputs));

    public static Batch Labels(int length, int size, int inputs, int classes, bool everyStep, RandomSource random) => new(
        Tensor(random, length, size, inputs), [.. Enumerable.Range(0, everyStep ? length * size : size).Select(_ => random.NextInt(classes))]);
}
