using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>Growth of matrix products with known rates, far beyond the range of double.</summary>
public class MatrixProductTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void Powers_of_a_scaled_identity_grow_exactly(double scale)
    {
        var factors = Enumerable.Repeat(scale * Matrix<double>.Build.DenseIdentity(3), 1000);
        var logs = MatrixProduct.LogNorms(factors);
        var gains = MatrixProduct.LogTypicalGains(factors);
        for (var k = 0; k < 1000; k++)
        {
            Assert.Equal((k + 1) * Math.Log(scale), logs[k], 1e-9);
            Assert.Equal((k + 1) * Math.Log(scale), gains[k], 1e-9);
        }
    }

    [Fact]
    public void Agrees_with_the_plain_product_where_that_is_in_range()
    {
        var factors = Enumerable.Range(1, 6).Select(seed => SpectrumTests.Gaussian(5, seed)).ToArray();
        var logs = MatrixProduct.LogNorms(factors);
        var product = Matrix<double>.Build.DenseIdentity(5);
        for (var k = 0; k < factors.Length; k++)
        {
            product = factors[k] * product;
            Assert.Equal(Math.Log(product.L2Norm()), logs[k], 1e-10);
        }
    }

    [Fact]
    public void A_non_normal_matrix_swells_before_it_fades()
    {
        // λ = 0.9, but 10 above the diagonal: ‖Wⁿ‖ is near 10·n·0.9ⁿ⁻¹.
        var w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.9, 10 }, { 0, 0.9 } });
        var logs = MatrixProduct.LogNorms(Enumerable.Repeat(w, 2000));
        Assert.True(logs[9] > logs[0] && logs[0] > 0);
        Assert.Equal(Math.Log(10 * 2000) + (1999 * Math.Log(0.9)), logs[1999], 1e-3);
    }

    [Fact]
    public void Gaussian_factors_grow_at_the_rate_that_theory_gives()
    {
        // Each factor adds (ln 2 + ψ(n/2))/2 on average, with variance ψ′(n/2)/4; ψ′(2) = π²/6 − 1. Five deviations of the mean.
        const int count = 4000, n = 4;
        var random = new RandomSource(23);
        var factors = Enumerable.Range(0, count).Select(_ => Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian()));
        var rate = MatrixProduct.LogTypicalGains(factors)[^1] / count;
        var expected = (Math.Log(2) + SpecialFunctions.DiGamma(n / 2.0)) / 2;
        Assert.Equal(0.558, expected, 1e-3);
        Assert.Equal(expected, rate, 5 * Math.Sqrt(((Math.PI * Math.PI / 6) - 1) / 4 / count));
    }

    [Fact]
    public void A_product_that_is_zero_stays_zero()
    {
        var zero = Matrix<double>.Build.Dense(2, 2);
        var one = Matrix<double>.Build.DenseIdentity(2);
        Assert.Equal(0, MatrixProduct.LogNorms([one, zero, one])[0], 1e-15);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], MatrixProduct.LogNorms([one, zero, one])[1..]);
        Assert.Empty(MatrixProduct.LogNorms([]));
    }

    [Fact]
    public void Factors_that_do_not_fit_are_named()
    {
        var one = Matrix<double>.Build.DenseIdentity(2);
        Assert.Contains("Factor 2 is 3×3", Assert.Throws<ArgumentException>(() => MatrixProduct.LogNorms([one, Matrix<double>.Build.DenseIdentity(3)])).Message);
        Assert.Contains("Factor 2", Assert.Throws<ArgumentException>(() => MatrixProduct.LogTypicalGains([one, one * double.NaN])).Message);
    }
}
