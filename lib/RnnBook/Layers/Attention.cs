using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// One head of scaled dot-product attention: each step asks all steps (if causal, those up to itself) and takes a weighted mean of what
/// they offer. A gradient goes from any step to any other in one move, not through all steps between.
/// </summary>
/// <remarks>
/// q, k, v = W x + b in three parts; p_ts = softmax over s of q_t·k_s/√D; o_t = Σ_s p_ts v_s (Vaswani et al., 2017). W is PyTorch's
/// <c>in_proj_weight</c>; there is no projection of the output.
/// </remarks>
public sealed class Attention
{
    private readonly Linear projection;
    private Tensor? projected;
    private Tensor? weights;
    private Tensor? projectedGradient;
    private Tensor? output;
    private float[] scoreGradient = [];

    /// <summary>Makes a head with PyTorch's default start of a dense layer.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="size">Numbers of a query, a key, a value, D.</param>
    /// <param name="causal">Whether a step sees only itself and those before it.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Attention(int inputSize, int size, bool causal = false, RandomSource? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (size > int.MaxValue / 3)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "The weights would have 3 rows for each number, more than a tensor holds.");
        }

        projection = new Linear(inputSize, 3 * size, random);
        (Size, Causal) = (size, causal);
        Parameters = [projection.Weight.Renamed("in_proj_weight"), projection.Bias.Renamed("in_proj_bias")];
    }

    /// <summary>Inputs of a step, I.</summary>
    public int InputSize => projection.InputSize;

    /// <summary>Numbers of a query, a key, a value, D.</summary>
    public int Size { get; }

    /// <summary>Whether a step sees only itself and those before it.</summary>
    public bool Causal { get; }

    /// <summary>W, [3·D, I], and b, [3·D]: queries, keys, values.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>p of the last forward pass, [B, T, T]: how much step t (the row) takes from step s. The next one overwrites it.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor Weights => weights ?? throw new InvalidOperationException("There are no attention weights before the first forward pass.");

    /// <summary>Computes o.</summary>
    /// <param name="x">[T, B, I].</param>
    /// <returns>[T, B, D], owned by the layer: the next forward pass overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, T is 0, the batch is empty, or an input is NaN or ∞.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        x.RequireShape("x", -1, -1, InputSize);
        RecurrentLayer.RequireSteps(x);
        FiniteCheck.Require(x, "x");
        var (length, size) = (x.Shape[0], x.Shape[1]);
        projected = projection.Forward(x);
        weights = Tensor.Reuse(weights, size, length, length);
        output = Tensor.Reuse(output, length, size, Size);
        output.Clear();
        var scale = 1 / MathF.Sqrt(Size);
        for (var b = 0; b < size; b++)
        {
            for (var t = 0; t < length; t++)
            {
                var p = weights.Slice(b).Slice(t * length, length);
                var seen = Causal ? t + 1 : length;
                for (var s = 0; s < seen; s++)
                {
                    p[s] = scale * TensorPrimitives.Dot<float>(Part(projected, 0, t, b), Part(projected, 1, s, b));
                }

                TensorPrimitives.SoftMax(p[..seen], p[..seen]);
                p[seen..].Clear();
                var o = output.Slice(t).Slice(b * Size, Size);
                for (var s = 0; s < seen; s++)
                {
                    TensorPrimitives.MultiplyAdd(Part(projected, 2, s, b), p[s], o, o);
                }
            }
        }

        return output;
    }

    /// <summary>Adds to the gradients of W and b.</summary>
    /// <param name="outputGradient">∂L/∂o, [T, B, D].</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, [T, B, I], owned by the layer; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = true)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (projected is null || output is null)
        {
            throw new InvalidOperationException("There is no backward pass before the first forward pass.");
        }

        outputGradient.RequireShape("The output's gradient", output.Shape);
        var (length, size) = (output.Shape[0], output.Shape[1]);
        projectedGradient = Tensor.Reuse(projectedGradient, projected.Shape);
        projectedGradient.Clear();
        Array.Resize(ref scoreGradient, length);
        var scale = 1 / MathF.Sqrt(Size);
        for (var b = 0; b < size; b++)
        {
            for (var t = 0; t < length; t++)
            {
                // ∂L/∂score_ts = p_ts (g_s − Σ_r p_tr g_r) with g_s = ∂L/∂o_t·v_s, the gradient of p_ts.
                var seen = Causal ? t + 1 : length;
                var p = Weights.Slice(b).Slice(t * length, seen);
                var gradient = outputGradient.Slice(t).Slice(b * Size, Size);
                var g = scoreGradient.AsSpan(0, seen);
                for (var s = 0; s < seen; s++)
                {
                    g[s] = TensorPrimitives.Dot<float>(gradient, Part(projected, 2, s, b));
                    AddTo(projectedGradient, 2, s, b, gradient, p[s]);
                }

                var mean = TensorPrimitives.Dot<float>(p, g);
                for (var s = 0; s < seen; s++)
                {
                    var score = scale * p[s] * (g[s] - mean);
                    AddTo(projectedGradient, 0, t, b, Part(projected, 1, s, b), score);
                    AddTo(projectedGradient, 1, s, b, Part(projected, 0, t, b), score);
                }
            }
        }

        return projection.Backward(projectedGradient, needInputGradient);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Attention: {InputSize} → {Size}{(Causal ? ", causal" : "")}";

    /// <summary>A step's query (0), key (1) or value (2) in a [T, B, 3·D] tensor.</summary>
    private Span<float> Part(Tensor tensor, int part, int t, int b) => tensor.Slice(t).Slice(((3 * b) + part) * Size, Size);

    private void AddTo(Tensor tensor, int part, int t, int b, ReadOnlySpan<float> vector, float factor)
    {
        var target = Part(tensor, part, t, b);
        TensorPrimitives.MultiplyAdd(vector, factor, target, target);
    }
}
