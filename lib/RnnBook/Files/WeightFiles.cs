using System.Numerics.Tensors;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Weights to and from safetensors files under PyTorch's names and in its layouts: a PyTorch module with members rnn and head reads
/// with <c>load_state_dict</c> what a model saves, and a model reads the module's <c>state_dict</c>.
/// </summary>
public static class WeightFiles
{
    private static readonly (string Prefix, string Wrapper)[] Wrappers =
        [("module.", "DataParallel"), ("_orig_mod.", "torch.compile"), ("_orig_mod.module.", "torch.compile"), ("module._orig_mod.", "DataParallel")];

    /// <summary>Saves a model's weights: all its parameters.</summary>
    /// <inheritdoc cref="Save(IReadOnlyList{Parameter}, string)"/>
    public static void Save(this IModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Parameters.Save(path);
    }

    /// <summary>Replaces a model's weights by those of a file.</summary>
    /// <inheritdoc cref="Load(IReadOnlyList{Parameter}, string, Func{string, string}?)"/>
    public static void Load(this IModel model, string path, Func<string, string>? nameInFile = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Parameters.Load(path, nameInFile);
    }

    /// <summary>Saves parameters.</summary>
    /// <param name="parameters">Which.</param>
    /// <param name="path">The file; it holds the old content or all of the new at any time.</param>
    public static void Save(this IReadOnlyList<Parameter> parameters, string path) =>
        new SafetensorsFile(parameters.Select(parameter => StoredTensor.Of(parameter.Name, parameter.Value))).Save(path);

    /// <summary>Replaces parameters by those of a file.</summary>
    /// <param name="parameters">Which; all stay as they were if the file does not fit.</param>
    /// <param name="path">A file with all of them and nothing else; F32, F64, F16 or BF16.</param>
    /// <param name="nameInFile">The name in the file of a parameter, where a PyTorch module called its members otherwise; null: the same.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no whole safetensors file, holds other parameters, or a number that is NaN or ∞.</exception>
    public static void Load(this IReadOnlyList<Parameter> parameters, string path, Func<string, string>? nameInFile = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        nameInFile ??= name => name;
        var file = SafetensorsFile.Read(path);
        var names = parameters.Select(parameter => nameInFile(parameter.Name)).ToList();
        if (file.Tensors.FirstOrDefault(tensor => !names.Contains(tensor.Name)) is { } strange)
        {
            throw new InvalidDataException(WhyStrange(file, path, names)
                ?? $"{path} has {strange.Name} {strange.ShapeText}, which the model has not: it has {string.Join(", ", names)}.");
        }

        if (names.Find(name => name.Contains("bias_", StringComparison.Ordinal) && file.Find(name) is null) is { } bias
            && file.Find(bias.Replace("bias_", "weight_", StringComparison.Ordinal)) is not null)
        {
            throw new InvalidDataException(
                $"{path} has no {bias}: recurrent layers without biases (bias=False) are not supported; store zeros in their place.");
        }

        var read = Fitting(file, path, [.. parameters.Select((parameter, i) => (names[i], parameter.Value))]);
        for (var i = 0; i < read.Count; i++)
        {
            if (!TensorPrimitives.IsFiniteAll<float>(read[i].Span))
            {
                var at = Array.FindIndex(read[i].Span.ToArray(), value => !float.IsFinite(value));
                throw new InvalidDataException(Invariant($"{path} holds {read[i].Span[at]} at {names[i]}{read[i].IndexText(at)}: weights are finite."));
            }
        }

        for (var i = 0; i < read.Count; i++)
        {
            read[i].Span.CopyTo(parameters[i].Value.Span);
        }
    }

    /// <summary>The reason, where names tell it: a wrapper around the module, or a kind of layer that is not supported.</summary>
    private static string? WhyStrange(SafetensorsFile file, string path, List<string> names)
    {
        if (file.Tensors.FirstOrDefault(tensor => tensor.Name.EndsWith("_reverse", StringComparison.Ordinal)) is { } reverse)
        {
            return $"{path} has {reverse.Name}: bidirectional layers are not supported.";
        }

        if (file.Tensors.FirstOrDefault(tensor => tensor.Name.Contains("weight_hr_l", StringComparison.Ordinal)) is { } projection)
        {
            return $"{path} has {projection.Name}: LSTM layers with a projection (proj_size) are not supported.";
        }

        foreach (var (prefix, wrapper) in Wrappers)
        {
            if (names.Exists(name => file.Find(prefix + name) is not null))
            {
                return $"{path} has names that begin with {prefix}, as {wrapper} gives them: "
                    + $"load it with name => \"{prefix}\" + name as the last argument.";
            }
        }

        return null;
    }

    /// <summary>Named tensors of a file, all of them of the shapes that are needed.</summary>
    /// <exception cref="InvalidDataException">One is missing, has another shape, or another type.</exception>
    internal static IReadOnlyList<Tensor> Fitting(SafetensorsFile file, string path, IEnumerable<(string Name, Tensor Like)> needed) =>
    [
        .. needed.Select(tensor =>
        {
            var stored = file.Find(tensor.Name)
                ?? throw new InvalidDataException($"{path} has no {tensor.Name}. It has {string.Join(", ", file.Tensors.Select(t => t.Name))}.");
            return stored.HasShapeOf(tensor.Like)
                ? stored.ToTensor()
                : throw new InvalidDataException($"{path} has {tensor.Name} {stored.ShapeText}, but {tensor.Like.ShapeText} is needed.");
        }),
    ];
}
