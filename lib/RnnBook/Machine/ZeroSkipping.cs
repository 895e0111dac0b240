using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>A program that may leave zeros out, beside the library's dense one, which pays no heed to them.</summary>
public static class ZeroSkipping
{
    /// <summary>
    /// The backward pass of a dense layer as a plain loop over the entries of ∂L/∂a: each adds a row to ∂L/∂x and one to ∂L/∂W.
    /// </summary>
    /// <param name="gradient">∂L/∂a, [B, O].</param>
    /// <param name="x">[B, I].</param>
    /// <param name="weight">W, [O, I].</param>
    /// <param name="weightGradient">∂L/∂W, [O, I]; added to.</param>
    /// <param name="inputGradient">∂L/∂x, [B, I]; overwritten.</param>
    /// <param name="skipZeros">Whether entries that are 0 are left out.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void Backward(Tensor gradient, Tensor x, Tensor weight, Tensor weightGradient, Tensor inputGradient, bool skipZeros)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(weightGradient);
        ArgumentNullException.ThrowIfNull(inputGradient);
        gradient.RequireShape("∂L/∂a", -1, -1);
        var (rows, outputs) = (gradient.Shape[0], gradient.Shape[1]);
        x.RequireShape("x", rows, -1);
        weight.RequireShape("W", outputs, x.Shape[1]);
        weightGradient.RequireShape("∂L/∂W", outputs, x.Shape[1]);
        inputGradient.RequireShape("∂L/∂x", rows, x.Shape[1]);
        inputGradient.Clear();
        for (var b = 0; b < rows; b++)
        {
            var from = x.Slice(b);
            var dx = inputGradient.Slice(b);
            var deltas = gradient.Slice(b);
            for (var j = 0; j < outputs; j++)
            {
                var delta = deltas[j];
                if (skipZeros && delta == 0)
                {
                    continue;
                }

                var dw = weightGradient.Slice(j);
                TensorPrimitives.MultiplyAdd(weight.Slice(j), delta, dx, dx);
                TensorPrimitives.MultiplyAdd(from, delta, dw, dw);
            }
        }
    }
}
