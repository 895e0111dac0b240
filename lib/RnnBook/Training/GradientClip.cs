using System.Numerics;
using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// Keeps a step short when the gradient is long. "Gradient clipping" means several things in the literature: scaling
/// all gradients by one factor, so that their direction stays (Pascanu, Mikolov and Bengio, 2013), cutting off each entry (both here),
/// and bounding the state's gradient at every step of the scan (<see cref="StateGradientClip"/>).
/// </summary>
public static class GradientClip
{
    /// <summary>The norm of all gradients taken as one vector: √Σ g². NaN or ∞ if a gradient is.</summary>
    public static double GlobalNorm(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sum = 0.0;
        for (var i = 0; i < parameters.Count; i++)
        {
            sum += SumOfSquares(parameters[i].Gradient.Span);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>
    /// Scales all gradients so that their joint norm is at most <paramref name="max"/>: by max / (norm + 1e-6) where that is
    /// below 1 (PyTorch's <c>clip_grad_norm_</c>).
    /// </summary>
    /// <returns>The norm before. If it is NaN or ∞ no factor helps, and the gradients stay as they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not above 0.</exception>
    public static double ByGlobalNorm(IReadOnlyList<Parameter> parameters, double max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var norm = GlobalNorm(parameters);
        var factor = (float)(max / (norm + 1e-6));
        if (double.IsFinite(norm) && factor < 1)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                var g = parameters[i].Gradient.Span;
                TensorPrimitives.Multiply(g, factor, g);
            }
        }

        return norm;
    }

    /// <summary>
    /// Brings every entry of every gradient into [−max, max] (PyTorch's <c>clip_grad_value_</c>). Unlike a common factor this turns the
    /// gradient. NaN stays.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not above 0.</exception>
    public static void ByValue(IReadOnlyList<Parameter> parameters, float max)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        for (var i = 0; i < parameters.Count; i++)
        {
            var g = parameters[i].Gradient.Span;
            TensorPrimitives.Clamp(g, -max, max, g);
        }
    }

    /// <summary>‖g‖ of one vector.</summary>
    internal static double Norm(ReadOnlySpan<float> g) => Math.Sqrt(SumOfSquares(g));

    /// <summary>Summed in double: an exploding gradient of 1e20 is finite, but its square is not in float.</summary>
    internal static double SumOfSquares(ReadOnlySpan<float> g)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= g.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(g[i..]), out var low, out var high);
            sums += (low * low) + (high * high);
        }

        var sum = Vector.Sum(sums);
        for (; i < g.Length; i++)
        {
            sum += (double)g[i] * g[i];
        }

        return sum;
    }
}
