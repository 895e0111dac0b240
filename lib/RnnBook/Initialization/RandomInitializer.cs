namespace RnnBook;

/// <summary>Independent draws, all from one distribution around 0 whose spread may depend on the weight's shape.</summary>
/// <param name="name">For tables and legends.</param>
/// <param name="isNormal">Normal, or else uniform.</param>
/// <param name="spread">From fan-in and fan-out: the standard deviation of the normal, the bound of the uniform distribution.</param>
/// <param name="needsMatrix">Whether the spread depends on the fans, so that only a matrix will do.</param>
internal sealed class RandomInitializer(string name, bool isNormal, Func<int, int, double> spread, bool needsMatrix = false) : Initializer
{
    public override string Name => name;

    public override void Fill(Tensor weight, RandomSource random)
    {
        if (needsMatrix)
        {
            weight.RequireShape("The weight", -1, -1);
        }

        var width = spread(weight.Shape[^1], weight.Shape[0]);
        foreach (ref var element in weight.Span)
        {
            element = (float)(isNormal ? width * random.NextGaussian() : random.NextUniform(-width, width));
        }
    }
}
