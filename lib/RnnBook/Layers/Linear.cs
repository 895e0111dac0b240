namespace RnnBook;

/// <summary>A dense layer: y = W x + b, row by row.</summary>
public sealed class Linear
{
    private readonly LinearPass ownPass;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√inputs.</summary>
    /// <param name="inputSize">Inputs.</param>
    /// <param name="outputSize">Outputs, O.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Linear(int inputSize, int outputSize, RandomSource? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputSize);
        InputSize = inputSize;
        OutputSize = outputSize;
        Weight = new Parameter("weight", outputSize, inputSize);
        Bias = new Parameter("bias", outputSize);
        Use = new SoleUse(this);
        Parameters = [Weight, Bias];
        ownPass = new LinearPass(this);
        random ??= new RandomSource(1);
        var bound = 1 / Math.Sqrt(inputSize);
        foreach (var parameter in Parameters)
        {
            foreach (ref var value in parameter.Value.Span)
            {
                value = (float)random.NextUniform(-bound, bound);
            }
        }
    }

    /// <summary>Inputs.</summary>
    public int InputSize { get; }

    /// <summary>Outputs, O.</summary>
    public int OutputSize { get; }

    /// <summary>W, [O, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [O].</summary>
    public Parameter Bias { get; }

    /// <summary>W and b.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What computes; tests compare all widths of register.</summary>
    internal Kernels Kernels { get; set; } = Kernels.Best;

    /// <summary>Held by whoever computes with the layer.</summary>
    internal SoleUse Use { get; }

    /// <summary>Computes y.</summary>
    /// <param name="x">[B, inputs] or [T, B, inputs].</param>
    /// <returns>[B, O] or [T, B, O], owned by the layer: its next forward pass overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, there is no row, or it is all more than an array holds.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ownPass.Forward(x);
    }

    /// <summary>Adds to the gradients of W and b.</summary>
    /// <param name="outputGradient">∂L/∂y, shape of the last output.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, shape of the last input, owned by the layer; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = true)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        return ownPass.Backward(outputGradient, needInputGradient);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Linear: {InputSize} → {OutputSize}";
}
