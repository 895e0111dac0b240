namespace RnnBook;

/// <summary>The plain recurrent layer: h_t = f(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh), with any activation f.</summary>
public sealed class Rnn : RecurrentLayer
{
    private Tensor? z;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="activation">f; null for tanh.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Rnn(int inputSize, int hiddenSize, Activation? activation = null, RandomSource? random = null)
        : base(inputSize, hiddenSize, 1, random)
    {
        Activation = activation ?? Activation.Tanh;
    }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>Whether the layer has a shortcut: h_t = h_{t−1} + f(…).</summary>
    public bool Residual { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Rnn: {InputSize} → {HiddenSize}, {Activation.Name}{(Residual ? ", residual" : "")}";

    private protected override void Run(Tensor x, Tensor h0, Tensor h)
    {
        z = new Tensor(h.Shape);
        for (var t = 0; t < h.Shape[0]; t++)
        {
            for (var b = 0; b < h.Shape[1]; b++)
            {
                for (var j = 0; j < HiddenSize; j++)
                {
                    z[t, b, j] = Input(t, b, j) + Recurrent(t, b, j);
                    h[t, b, j] = Activation.Value(z[t, b, j]) + (Residual ? Previous(t, b, j) : 0);
                }
            }
        }
    }

    private protected override void RunBack(Tensor outputGradient, Tensor? inputGradient)
    {
        var (length, batch) = (outputGradient.Shape[0], outputGradient.Shape[1]);
        var dh = new Tensor(batch, HiddenSize);
        for (var t = length - 1; t >= 0; t--)
        {
            var previous = new Tensor(batch, HiddenSize);
            for (var b = 0; b < batch; b++)
            {
                for (var j = 0; j < HiddenSize; j++)
                {
                    var total = dh[b, j] + outputGradient[t, b, j];
                    if (StateGradients is not null)
                    {
                        StateGradients[t, b, j] = total;
                    }

                    var d = total * Activation.Derivative(z![t, b, j]);
                    previous[b, j] += Residual ? total : 0;
                    BackInput(t, b, j, d, inputGradient);
                    BackRecurrent(t, b, j, d, previous);
                }
            }

            dh = previous;
        }

        InitialStateGradient = dh;
    }
}
