using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>Each start has the properties that its name promises.</summary>
public class InitializerTests
{
    private static readonly Initializer[] Random =
    [
        Initializer.Orthogonal(), Initializer.Gaussian(0.1f), Initializer.GaussianScaled(), Initializer.GlorotUniform(), Initializer.GlorotNormal(),
        Initializer.HeNormal(), Initializer.HeUniform(), Initializer.PyTorchDefault(9), Initializer.NormalizedPositiveDefinite(),
    ];

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others() => Assert.All(Random, initializer =>
    {
        var (first, again, other) = (Filled(initializer, 1), Filled(initializer, 1), Filled(initializer, 2));
        Assert.True(first.Span.SequenceEqual(again.Span));
        Assert.False(first.Span.SequenceEqual(other.Span));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Orthogonal_keeps_every_length(int size)
    {
        var w = Filled(Initializer.Orthogonal(1.5f), 3, size, size).ToMatrix() / 1.5;
        Assert.InRange(Distance(w.TransposeThisAndMultiply(w), size), 0, 1e-5);
    }

    [Fact]
    public void Orthogonal_of_any_shape_has_orthonormal_rows_or_columns() => Prop.ForAll(Size, Size, (rows, columns) =>
    {
        var w = Filled(Initializer.Orthogonal(), (ulong)(rows + (100 * columns)), rows, columns).ToMatrix();
        var gram = rows < columns ? w.TransposeAndMultiply(w) : w.TransposeThisAndMultiply(w);
        return Distance(gram, Math.Min(rows, columns)) < 1e-5;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Orthogonal_prefers_no_direction()
    {
        // A column of a random rotation is uniform on the sphere: each element has mean 0 and variance 1/n; and the trace has mean 0,
        // variance 1 (n ≥ 2). Without the sign fix Householder's Q has a negative diagonal on average, far outside five deviations.
        const int count = 4000, n = 5;
        var random = new RandomSource(17);
        var w = new Tensor(n, n);
        double trace = 0, traceSquared = 0, corner = 0, cornerSquared = 0;
        for (var i = 0; i < count; i++)
        {
            Initializer.Orthogonal().Fill(w, random);
            var sum = Enumerable.Range(0, n).Sum(k => w[k, k]);
            trace += sum;
            traceSquared += sum * sum;
            corner += w[0, 0];
            cornerSquared += w[0, 0] * w[0, 0];
        }

        var five = 5 / Math.Sqrt(count);
        Assert.InRange(trace / count, -five, five);
        Assert.InRange(traceSquared / count, 1 - (five * Math.Sqrt(2)), 1 + (five * Math.Sqrt(2)));
        Assert.InRange(corner / count, -five / Math.Sqrt(n), five / Math.Sqrt(n));
        Assert.InRange(cornerSquared / count, (1.0 / n) - (five * Math.Sqrt(2) / n), (1.0 / n) + (five * Math.Sqrt(2) / n));
    }

    [Theory]
    [InlineData("Gaussian", 0.1)]
    [InlineData("GaussianScaled", 0.0625)] // 1/√256
    [InlineData("GlorotNormal", 0.072168783648703216)] // √(2/(128 + 256))
    [InlineData("GlorotUniform", 0.072168783648703216)]
    [InlineData("HeNormal", 0.088388347648318447)] // √(2/256)
    [InlineData("HeUniform", 0.088388347648318447)]
    [InlineData("PyTorchDefault", 0.057735026918962576)] // 1/√100/√3
    public void Variance_is_the_promised_one(string name, double std)
    {
        var initializer = name switch
        {
            "Gaussian" => Initializer.Gaussian(0.1f),
            "GaussianScaled" => Initializer.GaussianScaled(),
            "GlorotNormal" => Initializer.GlorotNormal(),
            "GlorotUniform" => Initializer.GlorotUniform(),
            "HeNormal" => Initializer.HeNormal(),
            "HeUniform" => Initializer.HeUniform(),
            _ => Initializer.PyTorchDefault(100),
        };
        var w = Filled(initializer, 5, 128, 256);
        var values = w.Span.ToArray().Select(v => (double)v).ToArray();

        // n draws: the mean strays by std/√n, the variance by at most √(2/n) of itself (normal; uniform by less). Five of these.
        var five = 5 / Math.Sqrt(values.Length);
        Assert.InRange(values.Average(), -five * std, five * std);
        Assert.InRange(values.Sum(v => v * v) / values.Length / (std * std), 1 - (five * Math.Sqrt(2)), 1 + (five * Math.Sqrt(2)));

        // Uniform draws end at √3 deviations; of 32,768 normal ones some lie beyond three.
        var largest = values.Max(Math.Abs) / std;
        if (name.Contains("Uniform") || name == "PyTorchDefault")
        {
            Assert.InRange(largest, 1.73, Math.Sqrt(3) * (1 + 1e-7));
        }
        else
        {
            Assert.InRange(largest, 3, 6);
        }
    }

    [Fact]
    public void Gain_multiplies()
    {
        var plain = Filled(Initializer.GlorotUniform(), 3);
        var doubled = Filled(Initializer.GlorotUniform(2), 3);
        for (var i = 0; i < plain.Count; i++)
        {
            Assert.Equal(2 * plain.Span[i], doubled.Span[i], 1e-6f);
        }
    }

    [Fact]
    public void Normalized_positive_definite_has_one_eigenvalue_at_one_and_the_rest_below()
    {
        var w = Filled(Initializer.NormalizedPositiveDefinite(), 3, 40, 40).ToMatrix();
        Assert.True((w - w.Transpose()).L2Norm() < 1e-6);
        var eigenvalues = w.Evd(Symmetricity.Symmetric).EigenValues.Select(v => v.Real).Order().ToArray();
        Assert.Equal(1, eigenvalues[^1], 1e-6);

        // 1 + λ(A) with λ(A) in 0 … about 4 (Marchenko and Pastur): the smallest is 1/5 or so, never 0.
        Assert.InRange(eigenvalues[0], 0.15, 0.3);
        Assert.True(eigenvalues[^2] < 1);
    }

    [Fact]
    public void Identity_and_constants_draw_nothing()
    {
        var random = new RandomSource(1);
        var before = random.Save();
        var w = new Tensor(2, 3);
        Initializer.Identity(0.5f).Fill(w, random);
        Assert.Equal([0.5f, 0, 0, 0, 0.5f, 0], w.Span.ToArray());
        Initializer.Constant(3).Fill(w, random);
        Assert.All(w.Span.ToArray(), v => Assert.Equal(3f, v));
        Initializer.Zeros.Fill(w, random);
        Assert.All(w.Span.ToArray(), v => Assert.Equal(0f, v));
        Assert.Equal(before, random.Save());
    }

    [Fact]
    public void Shapes_and_scales_that_make_no_sense_are_refused()
    {
        var random = new RandomSource(1);
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => Initializer.Orthogonal().Fill(new Tensor(4), random)).Message);
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => Initializer.HeNormal().Fill(new Tensor(4), random)).Message);
        Assert.Contains("[2×3]", Assert.Throws<ArgumentException>(() => Initializer.NormalizedPositiveDefinite().Fill(new Tensor(2, 3), random)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Gaussian(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.GlorotUniform(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.PyTorchDefault(0));
    }

    private static Arbitrary<int> Size => Gen.Choose(1, 24).ToArbitrary();

    private static Tensor Filled(Initializer initializer, ulong seed, int rows = 9, int columns = 9)
    {
        var w = new Tensor(rows, columns);
        initializer.Fill(w, new RandomSource(seed));
        return w;
    }

    private static double Distance(Matrix<double> gram, int size) =>
        (gram - Matrix<double>.Build.DenseIdentity(size)).Enumerate().Max(Math.Abs);
}
