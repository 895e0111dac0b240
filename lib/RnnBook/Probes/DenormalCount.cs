using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// How many numbers of a training step are subnormal, below 1.2e-38 in size but not 0: a processor computes with them several times
/// slower. A vanishing gradient passes through that range on its way to 0, so the kernels flush what is smaller than
/// <see cref="RecurrentLayer.FlushBelow"/> to 0 on its way back.
/// </summary>
/// <param name="StateShare">Share of the hidden states that are subnormal.</param>
/// <param name="GradientShare">Share of ∂L/∂h_t that would be subnormal without the flush.</param>
/// <param name="GradientShareFlushed">The same with the flush as it is set: 0 unless it is off or set too low.</param>
/// <param name="Flushed">How many gradients of pre-activations the kernels flushed.</param>
/// <param name="Gradients">How many hidden states, and as many gradients, there are.</param>
public sealed record DenormalCount(double StateShare, double GradientShare, double GradientShareFlushed, long Flushed, long Gradients)
{
    /// <summary>Two forward and backward passes, one without the flush; the model's gradients are set anew, all else stays.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static DenormalCount Measure(SequenceModel model, Batch batch, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var kept = new KeptSettings(model.Layers);
        foreach (var layer in model.Layers)
        {
            layer.RecordStateGradients = true;
        }

        var free = WithoutFlush(model, batch, loss);
        model.LossAndGradients(batch, loss);
        var count = model.Layers.Sum(layer => (long)layer.States.Count);
        return new DenormalCount(
            (double)model.Layers.Sum(layer => Subnormal(layer.States)) / count,
            (double)free / count,
            (double)model.Layers.Sum(layer => Subnormal(layer.StateGradients!)) / count,
            model.Layers.Sum(layer => layer.FlushedGradients),
            count);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"subnormal: {StateShare:P2} of the states, {GradientShare:P2} of the gradients without the flush, {GradientShareFlushed:P2} with it; ")
        + $"{Flushed} of {Gradients} flushed";

    private static long WithoutFlush(SequenceModel model, Batch batch, Loss loss)
    {
        using var kept = new KeptSettings(model.Layers);
        foreach (var layer in model.Layers)
        {
            layer.FlushBelow = 0;
        }

        model.LossAndGradients(batch, loss);
        return model.Layers.Sum(layer => Subnormal(layer.StateGradients!));
    }

    private static long Subnormal(Tensor values) => values.Span.ToArray().LongCount(float.IsSubnormal);
}
