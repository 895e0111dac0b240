using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// The mean of −ln softmax(o)[label] over all answers that the batch counts, those whose label is not −1 (PyTorch's <c>CrossEntropyLoss</c> with
/// <c>ignore_index=-1</c>), in nats.
/// </summary>
/// <remarks>
/// Softmax, logarithm and both gradients are one formula: L = ln Σ exp(o_j) − o_label, ∂L/∂o = softmax(o) − onehot(label).
/// The largest output is subtracted first, so that no exponential overflows.
/// </remarks>
public sealed class SoftmaxCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override double Evaluate(Tensor output, Batch batch, Tensor? gradient) =>
        EvaluateShare(output, batch, gradient, new Share(0, 2)) + EvaluateShare(output, batch, gradient, new Share(1, 2));

    /// <inheritdoc/>
    public override double Accuracy(Tensor output, Batch batch) => (double)CountRight(output, batch, 0) / batch.Counted;

    /// <inheritdoc/>
    public override string ToString() => "softmax cross-entropy, in nats";

    internal override double EvaluateShare(Tensor output, Batch batch, Tensor? gradient, Share share)
    {
        var labels = RequireLabels(output, batch);
        gradient?.RequireShape("The gradient of the output", output.Shape);

        var classes = output.Shape[^1];
        var counted = batch.Counted;
        var scratch = gradient is null ? ArrayPool<float>.Shared.Rent(classes) : null;
        var sum = 0.0;
        for (var i = share.First(labels.Length); i < share.End(labels.Length); i++)
        {
            var p = gradient is null ? scratch.AsSpan(0, classes) : gradient.Span.Slice(i * classes, classes);
            if (!batch.IsCounted(i))
            {
                p.Clear();
                continue;
            }

            var o = output.Span.Slice(i * classes, classes);
            var largest = TensorPrimitives.Max(o);
            sum -= o[labels[i]] - largest;
            new ShiftedExponential(largest).Map(o, p, derivative: false);
            var total = TensorPrimitives.Sum(p);
            sum += Math.Log(total);
            if (gradient is not null)
            {
                TensorPrimitives.Multiply(p, 1 / (total * counted), p);
                p[labels[i]] -= 1f / counted;
            }
        }

        if (scratch is not null)
        {
            ArrayPool<float>.Shared.Return(scratch);
        }

        return sum / counted;
    }

    /// <summary>How many answers, from answer number <paramref name="first"/> on, have their label's output as the largest.</summary>
    /// <param name="output">A model's output, [B, O] or [T, B, O].</param>
    /// <param name="batch">The batch, with labels.</param>
    /// <param name="first">The first answer that counts, ordered as [B] or [T, B].</param>
    public static int CountRight(Tensor output, Batch batch, int first)
    {
        var labels = RequireLabels(output, batch);
        var classes = output.Shape[^1];
        var right = 0;
        for (var i = first; i < labels.Length; i++)
        {
            // Where an output is NaN, IndexOfMax points at it: such an answer is not right.
            var o = output.Span.Slice(i * classes, classes);
            right += batch.IsCounted(i) && labels[i] == TensorPrimitives.IndexOfMax(o) && !float.IsNaN(o[labels[i]]) ? 1 : 0;
        }

        return right;
    }

    /// <summary>The labels, if they fit the output and one of them counts.</summary>
    private static int[] RequireLabels(Tensor output, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(batch);
        var labels = batch.Labels ?? throw new ArgumentException("Cross-entropy needs labels, but the batch has target values.");
        RequireAnswers(output, batch);
        var classes = output.Shape[^1];
        if (labels.Length != output.Count / classes)
        {
            throw new ArgumentException($"{labels.Length} labels do not fit an output {output.ShapeText} of {output.Count / classes} answers.");
        }

        var wrong = labels.AsSpan().IndexOfAnyExceptInRange(-1, classes - 1);
        if (wrong >= 0)
        {
            throw new ArgumentException($"Label {labels[wrong]} at {wrong} is out of range: 0 to {classes - 1}, or −1 for none.");
        }

        return batch.Counted > 0
            ? labels
            : throw new ArgumentException($"None of the {labels.Length} labels counts: all are −1 or behind the end of their sequence.");
    }

    /// <summary>exp(x − shift) for x ≤ shift.</summary>
    private readonly struct ShiftedExponential(float shift) : IVectorFunction
    {
        public Vector<float> Value(Vector<float> x) => Exponential.OfNegative(x - new Vector<float>(shift));

        public Vector<float> Derivative(Vector<float> x) => Value(x);
    }
}
