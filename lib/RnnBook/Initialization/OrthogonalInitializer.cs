using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RnnBook;

/// <summary>
/// gain·Q with orthonormal columns, or orthonormal rows if there are fewer rows than columns.
/// </summary>
/// <remarks>
/// A Gaussian matrix does not prefer a direction, so neither does the Q of its QR factorization, once the sign of every
/// column is fixed by making R's diagonal positive; without that, Q depends on the algorithm. (Mezzadri, How to generate
/// random matrices from the classical compact groups, 2007.)
/// </remarks>
internal sealed class OrthogonalInitializer(float gain) : Initializer
{
    public override string Name => gain == 1 ? "orthogonal" : $"{gain}·orthogonal";

    public override void Fill(Tensor weight, RandomSource random)
    {
        weight.RequireShape("The weight", -1, -1);
        var (rows, columns) = (weight.Shape[0], weight.Shape[1]);
        if (weight.Count == 0)
        {
            return;
        }

        var gaussian = Matrix<double>.Build.Dense(Math.Max(rows, columns), Math.Min(rows, columns), (_, _) => random.NextGaussian());
        var factors = gaussian.QR(QRMethod.Thin);
        var signs = factors.R.Diagonal().Map(r => r < 0 ? -gain : (double)gain);
        var q = factors.Q * Matrix<double>.Build.DiagonalOfDiagonalVector(signs);
        weight.Assign(rows < columns ? q.Transpose() : q);
    }
}
