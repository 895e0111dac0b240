using System.Numerics.Tensors;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// How far an update moves the weights for their size, ‖ΔW‖/‖W‖: remembers the parameters when it is made and whenever it has
/// measured. A rule of thumb wants about 1e-3.
/// </summary>
public sealed class UpdateRatio
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor[] before;

    /// <summary>Remembers parameters, such as a model's, as they are now.</summary>
    public UpdateRatio(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = parameters;
        before = [.. parameters.Select(parameter => parameter.Value.Copy())];
    }

    /// <summary>What has happened since it last remembered; then remembers anew.</summary>
    public IReadOnlyList<ParameterUpdate> Measure()
    {
        var updates = new List<ParameterUpdate>();
        foreach (var (parameter, old) in parameters.Zip(before))
        {
            var size = GradientClip.Norm(old.Span);
            TensorPrimitives.Subtract(parameter.Value.Span, old.Span, old.Span);
            updates.Add(new ParameterUpdate(parameter.Name, GradientClip.Norm(old.Span), size));
            parameter.Value.Span.CopyTo(old.Span);
        }

        return updates;
    }
}

/// <summary>How far one parameter has moved.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Moved">‖ΔW‖.</param>
/// <param name="Size">‖W‖ before.</param>
public sealed record ParameterUpdate(string Name, double Moved, double Size)
{
    /// <summary>‖ΔW‖/‖W‖: 0 if nothing moved, ∞ if it moved away from 0.</summary>
    public double Ratio => Moved == 0 ? 0 : Moved / Size;

    /// <inheritdoc/>
    public override string ToString() => Invariant($"{Name}: ‖ΔW‖/‖W‖ = {Ratio:G3}");
}
