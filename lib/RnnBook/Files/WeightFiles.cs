namespace RnnBook;

/// <summary>
/// Weights to and from safetensors files under PyTorch's names and in its layouts: a PyTorch module with members rnn and head reads
/// with <c>load_state_dict</c> what a model saves, and a model reads the module's <c>state_dict</c>.
/// </summary>
public static class WeightFiles
{
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
    /// <exception cref="InvalidDataException">It is no whole safetensors file, or holds other parameters.</exception>
    public static void Load(this IReadOnlyList<Parameter> parameters, string path, Func<string, string>? nameInFile = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        nameInFile ??= name => name;
        var file = SafetensorsFile.Read(path);
        var names = parameters.Select(parameter => nameInFile(parameter.Name)).ToList();
        if (file.Tensors.FirstOrDefault(tensor => !names.Contains(tensor.Name)) is { } strange)
        {
            throw new InvalidDataException($"{path} has {strange.Name} {strange.ShapeText}, which the model has not: it has {string.Join(", ", names)}.");
        }

        var read = Fitting(file, path, [.. parameters.Select((parameter, i) => (names[i], parameter.Value))]);
        for (var i = 0; i < read.Count; i++)
        {
            read[i].Span.CopyTo(parameters[i].Value.Span);
        }
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
