using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>(I + A)/λ_max(I + A) with A = RᵀR/N: see <see cref="Initializer.NormalizedPositiveDefinite"/>.</summary>
internal sealed class NormalizedPositiveDefiniteInitializer : Initializer
{
    public override string Name => "normalized positive definite";

    public override void Fill(Tensor weight, RandomSource random)
    {
        weight.RequireShape("The weight", -1, -1);
        var n = weight.Shape[0];
        weight.RequireShape("A positive definite weight", n, n);
        var r = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian());
        var shifted = Matrix<double>.Build.DenseIdentity(n) + (r.TransposeThisAndMultiply(r) / n);
        weight.Assign(shifted / shifted.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real));
    }
}
