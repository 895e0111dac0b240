namespace RnnBook;

/// <summary>
/// How far an update moves the weights for their size, ‖ΔW‖/‖W‖: remembers the parameters when it is made and whenever it has
/// measured. A rule of thumb wants about 1e-3.
/// </summary>
public sealed class UpdateRatio
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly Tensor[] before;

    /// <summary>Remembers the parameters as they are now.</summary>
    /// <param name="parameters">Such as a model's.</param>
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
            double moved = 0, size = 0;
            var now = parameter.Value.Span;
            var then = old.Span;
            for (var i = 0; i < then.Length; i++)
            {
                var change = (double)now[i] - then[i];
                moved += change * change;
                size += (double)then[i] * then[i];
            }

            now.CopyTo(then);
            updates.Add(new ParameterUpdate(parameter.Name, Math.Sqrt(moved), Math.Sqrt(size)));
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
    public override string ToString() => $"{Name}: ‖ΔW‖/‖W‖ = {Ratio:G3}";
}
