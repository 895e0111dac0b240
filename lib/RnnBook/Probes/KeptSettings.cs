namespace RnnBook;

/// <summary>What a probe may change of layers, put back as it was when this is disposed of.</summary>
/// <remarks>
/// Probes keep settings by this, not by a loop within a finally block: in a page, .NET's interpreter (10.0.12) compiles a method that is used
/// often once more, and when it does so within such a loop, the method returns an object of zeros, or none.
/// </remarks>
internal sealed class KeptSettings(IReadOnlyList<RecurrentLayer> layers) : IDisposable
{
    private readonly (bool RecordStateGradients, float FlushBelow)[] settings = [.. layers.Select(layer => (layer.RecordStateGradients, layer.FlushBelow))];

    public void Dispose()
    {
        foreach (var (layer, kept) in layers.Zip(settings))
        {
            (layer.RecordStateGradients, layer.FlushBelow) = kept;
        }
    }
}
