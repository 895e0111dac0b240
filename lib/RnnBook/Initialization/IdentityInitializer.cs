namespace RnnBook;

/// <summary>scale·I. A weight that is not square has <c>scale</c> on its main diagonal all the same.</summary>
internal sealed class IdentityInitializer(float scale) : Initializer
{
    public override string Name => scale == 1 ? "identity" : $"{scale}·identity";

    public override void Fill(Tensor weight, RandomSource random)
    {
        weight.RequireShape("The weight", -1, -1);
        weight.Clear();
        for (var i = 0; i < Math.Min(weight.Shape[0], weight.Shape[1]); i++)
        {
            weight[i, i] = scale;
        }
    }
}
