namespace RnnBook;

/// <summary>What training changes: a named tensor and the gradient of the loss with respect to it.</summary>
public sealed class Parameter
{
    /// <summary>Makes a parameter of zeros.</summary>
    /// <param name="name">PyTorch's name for it, such as "weight_hh_l0".</param>
    /// <param name="shape">PyTorch's shape for it, such as [H, H].</param>
    public Parameter(string name, params ReadOnlySpan<int> shape)
    {
        Name = name;
        Value = new Tensor(shape);
        Gradient = new Tensor(shape);
    }

    private Parameter(string name, Parameter same)
    {
        Name = name;
        Value = same.Value;
        Gradient = same.Gradient;
    }

    /// <summary>PyTorch's name.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public Tensor Value { get; }

    /// <summary>∂L/∂value, same shape; a backward pass adds to it.</summary>
    public Tensor Gradient { get; }

    /// <summary>The same value and gradient under the name that the parameter has inside a model.</summary>
    internal Parameter Renamed(string name) => new(name, this);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Value.ShapeText}";
}
