using System.Numerics.Tensors;
using static System.FormattableString;

namespace RnnBook;

/// <summary>Refuses NaN and ∞ where they enter a model, before they spread to every state and gradient.</summary>
internal static class FiniteCheck
{
    /// <summary>Throws if an input of a step that counts is not finite.</summary>
    /// <param name="x">[T, B, I].</param>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    public static void RequireInputs(Tensor x, int[]? lengths)
    {
        var (size, inputs) = (x.Shape[1], x.Shape[2]);
        for (var i = 0; i < x.Count; i++)
        {
            var (t, b) = (i / inputs / size, i / inputs % size);
            if (!float.IsFinite(x.Span[i]) && (lengths is null || t < lengths[b]))
            {
                throw new ArgumentException(Invariant($"The inputs {x.ShapeText} hold {x.Span[i]} at [{t}, {b}, {i % inputs}] (step, sequence, input)."));
            }
        }
    }

    /// <summary>Throws if a parameter is not finite.</summary>
    public static void RequireParameters(IReadOnlyList<Parameter> parameters)
    {
        for (var p = 0; p < parameters.Count; p++)
        {
            Require(parameters[p].Value, parameters[p].Name);
        }
    }

    /// <summary>Throws if what a model starts from is not finite.</summary>
    public static void RequireState(SequenceState? state)
    {
        for (var layer = 0; layer < state?.Hidden.Count; layer++)
        {
            Require(state.Hidden[layer], "The initial state of layer", layer);
            Require(state.Cell[layer], "The initial cell state of layer", layer);
        }
    }

    /// <summary>Throws if a tensor is not finite.</summary>
    /// <param name="tensor">Null holds nothing bad.</param>
    /// <param name="what">Its name for the message.</param>
    /// <param name="number">Which one of them, if there are several.</param>
    public static void Require(Tensor? tensor, string what, int? number = null)
    {
        if (tensor is { Count: > 0 } && !TensorPrimitives.IsFiniteAll<float>(tensor.Span))
        {
            var i = Array.FindIndex(tensor.Span.ToArray(), element => !float.IsFinite(element));
            throw new ArgumentException(Invariant($"{what}{(number is null ? "" : $" {number}")} {tensor.ShapeText} holds {tensor.Span[i]} at {tensor.IndexText(i)}."));
        }
    }
}
