namespace RnnBook;

/// <summary>The same number everywhere.</summary>
internal sealed class ConstantInitializer(float value) : Initializer
{
    public override string Name => $"{value} everywhere";

    public override void Fill(Tensor weight, RandomSource random) => weight.Fill(value);
}
