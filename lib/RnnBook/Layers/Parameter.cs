namespace RnnBook;

/// <summary>What training changes: a named tensor and the gradient of the loss with respect to it.</summary>
public sealed class Parameter
{
    /// <summary>Makes a parameter of zeros.</summary>
    /// <param name="name">PyTorch's name for it, such as "weight_hh_l0".</param>
    /// <param name="shape">PyTorch's shape for it, such as [H, H].</param>
    public Parameter(string name, params ReadOnlySpan<int> shape)
        : this(name, new Tensor(shape), new Tensor(shape))
    {
    }

    private Parameter(string name, Tensor value, Tensor gradient) => (Name, Value, Gradient) = (name, value, gradient);

    /// <summary>PyTorch's name.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public Tensor Value { get; }

    /// <summary>∂L/∂value, same shape; a backward pass adds to it.</summary>
    public Tensor Gradient { get; }

    /// <summary>The same value and gradient under the name that the parameter has inside a model.</summary>
    internal Parameter Renamed(string name) => new(name, Value, Gradient);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Value.ShapeText}";
}
