using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// Clipping inside the scan: bounds ∂L/∂h_t at every step on its way back, so that a long product of Jacobians never gets to explode.
/// (<see cref="GradientClip"/> acts once, when the sum over all steps is done.) An LSTM's ∂L/∂c_t is not touched.
/// </summary>
public sealed class StateGradientClip
{
    private readonly bool byNorm;

    private StateGradientClip(float max, bool byNorm)
    {
        if (!(max > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(max), max, "A bound for the state's gradient is above 0.");
        }

        (Max, this.byNorm) = (max, byNorm);
    }

    /// <summary>The bound.</summary>
    public float Max { get; }

    /// <summary>Each entry into [−max, max], max above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public static StateGradientClip ByValue(float max) => new(max, byNorm: false);

    /// <summary>Each sequence's gradient, H entries, scaled to a norm of at most max, above 0; one of NaN or ∞ is left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public static StateGradientClip ByNorm(float max) => new(max, byNorm: true);

    /// <inheritdoc/>
    public override string ToString() => byNorm
        ? FormattableString.Invariant($"‖∂L/∂h_t‖ of a sequence at most {Max}")
        : FormattableString.Invariant($"entries of ∂L/∂h_t within ±{Max}");

    internal void Apply(PackedMatrix gradient, int first, int rows)
    {
        for (var row = first; row < first + rows; row++)
        {
            var factor = byNorm ? (float)(Max / Norm(gradient, row)) : 0;
            for (var panel = 0; panel < gradient.Panels; panel++)
            {
                var lanes = gradient.Lanes(row, panel);
                if (!byNorm)
                {
                    TensorPrimitives.Clamp(lanes, -Max, Max, lanes);
                }
                else if (factor is > 0 and < 1)
                {
                    TensorPrimitives.Multiply(lanes, factor, lanes);
                }
            }
        }
    }

    private static double Norm(PackedMatrix gradient, int row)
    {
        var sum = 0.0;
        for (var panel = 0; panel < gradient.Panels; panel++)
        {
            sum += GradientClip.SumOfSquares(gradient.Lanes(row, panel));
        }

        return Math.Sqrt(sum);
    }
}
