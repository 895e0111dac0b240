using static System.FormattableString;

namespace RnnBook;

/// <summary>The mean of the squared differences over all outputs that the batch counts (PyTorch's <c>MSELoss</c>).</summary>
/// <remarks>L = 1/n Σ (o − y)², ∂L/∂o = 2 (o − y) / n, n the number of these outputs.</remarks>
public sealed class MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override double Evaluate(Tensor output, Batch batch, Tensor? gradient)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(batch);
        var targets = batch.Targets ?? throw new ArgumentException("Mean squared error needs target values, but the batch has labels.");
        RequireAnswers(output, batch);
        targets.RequireShape("The targets", output.Shape);
        gradient?.RequireShape("The gradient of the output", output.Shape);

        var o = output.Span;
        var y = targets.Span;
        var outputs = output.Shape[^1];
        var counted = batch.Counted;
        var scale = 2f / counted;
        var g = gradient is null ? default : gradient.Span;
        var sum = 0.0;
        for (var i = 0; i < o.Length; i++)
        {
            var difference = batch.Lengths is null || batch.IsCounted(i / outputs) ? o[i] - y[i] : 0;
            sum += (double)difference * difference;
            if (gradient is not null)
            {
                g[i] = scale * difference;
            }
        }

        return double.IsFinite(sum) ? sum / counted : NotFinite(sum / counted, batch);
    }

    /// <summary>A loss that is not finite is divergence, unless it comes from the data.</summary>
    private static double NotFinite(double loss, Batch batch)
    {
        var (y, outputs) = (batch.Targets!, batch.Targets!.Shape[^1]);
        for (var i = 0; i < y.Count; i++)
        {
            if (!float.IsFinite(y.Span[i]) && batch.IsCounted(i / outputs))
            {
                throw new ArgumentException(Invariant($"The targets {y.ShapeText} hold {y.Span[i]} at {y.IndexText(i)}."));
            }
        }

        return loss;
    }

    /// <inheritdoc/>
    public override string ToString() => "mean squared error";
}
