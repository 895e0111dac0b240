using MathNet.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// How much of the loss's gradient reaches each time step of each layer: ‖∂L/∂h_t‖, every path through later steps counted. Layers
/// count from 0, the first reads the input; index t of a curve is time step t + 1.
/// </summary>
/// <param name="MeanNorms">[layer][t]: the norm over the units, averaged over the sequences. L is the mean loss of the batch.</param>
/// <param name="TotalNorms">[layer][t]: the norm over units and sequences together.</param>
/// <param name="CellMeanNorms">[layer][t]: as <see cref="MeanNorms"/> for ∂L/∂c_t of an LSTM layer; empty for other layers.</param>
/// <param name="Loss">L.</param>
public sealed record GradientFlow(double[][] MeanNorms, double[][] TotalNorms, double[][] CellMeanNorms, double Loss)
{
    /// <summary>
    /// One forward and backward pass; the model's gradients are set anew, its weights stay. A norm is 0 where the gradient has left the
    /// range of float.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static GradientFlow Measure(SequenceModel model, Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var kept = new KeptSettings(model.Layers);
        foreach (var layer in model.Layers)
        {
            layer.RecordStateGradients = true;
        }

        var value = model.LossAndGradients(batch, loss);
        return new GradientFlow(
            [.. model.Layers.Select(layer => Norms(layer.StateGradients, Mean))],
            [.. model.Layers.Select(layer => Norms(layer.StateGradients, Total))],
            [.. model.Layers.Select(layer => Norms((layer as Lstm)?.CellStateGradients, Mean))],
            value);
    }

    /// <summary>log₁₀ of a curve, −∞ where the gradient has vanished altogether.</summary>
    public double[] Log10Norms(int layer = 0) => [.. MeanNorms[layer].Select(Math.Log10)];

    /// <summary>
    /// By what factor the gradient's norm changes with each step further back in time: the slope, by least squares, of log‖∂L/∂h_t‖
    /// over the steps where it is neither 0 nor infinite, NaN if there are fewer than two. Below 1 it vanishes, above 1 it explodes.
    /// </summary>
    public double FactorPerStepBack(int layer = 0)
    {
        var points = Log10Norms(layer).Select((log, t) => (T: (double)t, Log: log)).Where(p => double.IsFinite(p.Log)).ToArray();
        return points.Length < 2
            ? double.NaN
            : Math.Pow(10, -Fit.Line([.. points.Select(p => p.T)], [.. points.Select(p => p.Log)]).B);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(Environment.NewLine, MeanNorms.Select((norms, layer) =>
        Invariant($"layer {layer}: ‖∂L/∂h‖ {norms[0]:G3} at step 1, {norms[^1]:G3} at step {norms.Length}, ")
        + Invariant($"×{FactorPerStepBack(layer):G4} a step back")));

    private static double[] Norms(Tensor? gradients, Func<Tensor, int, double> norm) =>
        gradients is null ? [] : [.. Enumerable.Range(0, gradients.Shape[0]).Select(t => norm(gradients, t))];

    private static double Mean(Tensor gradients, int t)
    {
        var (batch, units) = (gradients.Shape[1], gradients.Shape[2]);
        return Enumerable.Range(0, batch).Average(b => GradientClip.Norm(gradients.Slice(t).Slice(b * units, units)));
    }

    private static double Total(Tensor gradients, int t) => GradientClip.Norm(gradients.Slice(t));
}
