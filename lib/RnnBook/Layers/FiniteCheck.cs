using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>Refuses NaN and ∞ where they enter a model, before they spread to every state and gradient.</summary>
internal static class FiniteCheck
{
    /// <summary>Throws if an input of a step that counts is not finite.</summary>
    /// <param name="x">[T, B, I].</param>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    public static void RequireInputs(Tensor x, int[]? lengths)
    {
        if (TensorPrimitives.IsFiniteAll<float>(x.Span))
        {
            return;
        }

        var (size, inputs) = (x.Shape[1], x.Shape[2]);
        for (var i = 0; i < x.Count; i++)
        {
            var (t, b) = (i / inputs / size, i / inputs % size);
            if (!float.IsFinite(x.Span[i]) && (lengths is null || t < lengths[b]))
            {
                throw new ArgumentException($"The inputs {x.ShapeText} hold {x.Span[i]} at [{t}, {b}, {i % inputs}] (step, sequence, input).");
            }
        }
    }

    /// <summary>Throws if a parameter is not finite.</summary>
    public static void RequireParameters(IReadOnlyList<Parameter> parameters)
    {
        for (var p = 0; p < parameters.Count; p++)
        {
            var value = parameters[p].Value;
            if (TensorPrimitives.IsFiniteAll<float>(value.Span))
            {
                continue;
            }

            var i = 0;
            while (float.IsFinite(value.Span[i]))
            {
                i++;
            }

            throw new ArgumentException($"{parameters[p]} holds {value.Span[i]} at {value.IndexText(i)}.");
        }
    }
}
