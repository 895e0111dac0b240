namespace RnnBook;

/// <summary>A dense layer: y = W x + b, row by row.</summary>
public sealed class Linear
{
    private Tensor? input;

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
        Parameters = [Weight, Bias];
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

    /// <summary>Computes y.</summary>
    /// <param name="x">[B, inputs] or [T, B, inputs].</param>
    /// <returns>[B, O] or [T, B, O], owned by the layer: the next forward pass overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or there is no row.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        RequireRows(x, "x", InputSize);
        input = x;
        var y = x.Rank == 2 ? new Tensor(x.Shape[0], OutputSize) : new Tensor(x.Shape[0], x.Shape[1], OutputSize);
        for (var row = 0; row < x.Count / InputSize; row++)
        {
            for (var o = 0; o < OutputSize; o++)
            {
                var sum = Bias.Value[o];
                for (var i = 0; i < InputSize; i++)
                {
                    sum += Weight.Value[o, i] * x.Span[(row * InputSize) + i];
                }

                y.Span[(row * OutputSize) + o] = sum;
            }
        }

        return y;
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
        var x = input ?? throw new InvalidOperationException("There is no backward pass before the first forward pass.");
        RequireRows(outputGradient, "The output's gradient", OutputSize);
        var dx = needInputGradient ? new Tensor(x.Shape) : null;
        for (var row = 0; row < x.Count / InputSize; row++)
        {
            for (var o = 0; o < OutputSize; o++)
            {
                var d = outputGradient.Span[(row * OutputSize) + o];
                Bias.Gradient[o] += d;
                for (var i = 0; i < InputSize; i++)
                {
                    Weight.Gradient[o, i] += d * x.Span[(row * InputSize) + i];
                    if (dx is not null)
                    {
                        dx.Span[(row * InputSize) + i] += d * Weight.Value[o, i];
                    }
                }
            }
        }

        return dx;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Linear: {InputSize} → {OutputSize}";

    private static void RequireRows(Tensor tensor, string what, int size)
    {
        if (tensor.Rank == 2)
        {
            tensor.RequireShape(what, -1, size);
        }
        else
        {
            tensor.RequireShape(what, -1, -1, size);
        }

        if (tensor.Count == 0)
        {
            throw new ArgumentException($"{what} is {tensor.ShapeText}: there is no row in it.");
        }
    }
}
