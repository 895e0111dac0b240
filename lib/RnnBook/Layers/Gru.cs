namespace RnnBook;

/// <summary>
/// Gated recurrent unit, gates in the order r, z, n: n = tanh(W_in x + b_in + r⊙(W_hn h_{t−1} + b_hn)),
/// h_t = (1 − z)⊙n + z⊙h_{t−1}, with r, z by the logistic function.
/// </summary>
public sealed class Gru : RecurrentLayer
{
    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Gru(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, [new Part(2, -1), new Part(0, 0), new Part(1, 1), new Part(-1, 2)], random)
    {
    }

    private protected override bool KeepsNet => true;

    private protected override bool HasDirectPath => true;

    /// <inheritdoc/>
    public override string ToString() => $"Gru: {InputSize} → {HiddenSize}";

    private protected override void StepForward(int t, int first, int rows)
    {
        var row = (t * Batch) + first;
        Kernels.GruForward(new Rows(net, row), new Rows(state, row), new Rows(state, row + Batch), rows, HiddenSize);
    }

    private protected override int StepBackward(int t, Rows stateGradient, Rows direct, Rows netGradient, int first, int rows)
    {
        var row = (t * Batch) + first;
        return Kernels.GruBackward(new Rows(net, row), new Rows(state, row), stateGradient, direct, netGradient, FlushBelow, rows, HiddenSize);
    }
}
