using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// A way to choose the numbers that training starts from. A weight is [outputs, inputs], as in y = Wx; its fan-in is the
/// number of inputs, its fan-out the number of outputs. A weight that holds several gates counts as one matrix, as in PyTorch.
/// </summary>
/// <param name="name">The name for tables and legends, such as "orthogonal" or "N(0, 0.001²)".</param>
/// <param name="fill">Overwrites every element of a weight; the same state of the source gives the same weight.</param>
public sealed class Initializer(string name, Action<Tensor, RandomSource> fill)
{
    /// <summary>Zero everywhere.</summary>
    public static Initializer Zeros { get; } = Constant(0);

    /// <summary>The name for tables and legends.</summary>
    public string Name => name;

    /// <summary>The same number everywhere.</summary>
    public static Initializer Constant(float value) => new(Invariant($"{value} everywhere"), (weight, _) => weight.Fill(value));

    /// <summary>scale·I: <paramref name="scale"/> on the main diagonal, square or not, 0 elsewhere (Le, Jaitly and Hinton, 2015).</summary>
    public static Initializer Identity(float scale = 1) => new(scale == 1 ? "identity" : Invariant($"{scale}·identity"), (weight, _) =>
    {
        weight.RequireShape("The weight", -1, -1);
        weight.Clear();
        for (var i = 0; i < Math.Min(weight.Shape[0], weight.Shape[1]); i++)
        {
            weight[i, i] = scale;
        }
    });

    /// <summary>
    /// gain·Q with orthonormal columns, or rows if there are fewer of them; every Q is equally likely (Saxe, McClelland and Ganguli, 2014).
    /// </summary>
    /// <remarks>
    /// A Gaussian matrix does not prefer a direction, so neither does the Q of its QR factorization, once the sign of every
    /// column is fixed by making R's diagonal positive; without that, Q depends on the algorithm. (Mezzadri, How to generate
    /// random matrices from the classical compact groups, 2007.)
    /// </remarks>
    public static Initializer Orthogonal(float gain = 1) => new(gain == 1 ? "orthogonal" : Invariant($"{gain}·orthogonal"), (weight, random) =>
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
    });

    /// <summary>
    /// (I + A)/λ_max(I + A) with A = RᵀR/N and R drawn from N(0, 1): largest eigenvalue 1, all others positive and below. The
    /// np-RNN's recurrent weight (Talathi and Vartak, 2015, arXiv 1511.03771).
    /// </summary>
    public static Initializer NormalizedPositiveDefinite() => new("normalized positive definite", (weight, random) =>
    {
        var n = weight.Shape[0];
        weight.RequireShape("A positive definite weight", n, n);
        var r = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian());
        var shifted = Matrix<double>.Build.DenseIdentity(n) + (r.TransposeThisAndMultiply(r) / n);
        weight.Assign(shifted / shifted.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real));
    });

    /// <summary>Normal with the given standard deviation, whatever the shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static Initializer Gaussian(float std) => Drawn(Invariant($"N(0, {std}²)"), Normal, std, (_, _) => 1, needsMatrix: false);

    /// <summary>Normal with standard deviation gain/√fan-in; for a square matrix the spectral radius is then about the gain.</summary>
    public static Initializer GaussianScaled(float gain = 1) => Drawn(Invariant($"Gaussian, gain {gain}"), Normal, gain, (fanIn, _) => 1 / Math.Sqrt(fanIn));

    /// <summary>Normal with standard deviation gain·√(2/(fan-in + fan-out)) (Glorot and Bengio, 2010).</summary>
    public static Initializer GlorotNormal(float gain = 1) =>
        Drawn("Glorot normal", Normal, gain, (fanIn, fanOut) => Math.Sqrt(2.0 / (fanIn + fanOut)));

    /// <summary>Uniform in ±gain·√(6/(fan-in + fan-out)) (Glorot and Bengio, 2010).</summary>
    public static Initializer GlorotUniform(float gain = 1) =>
        Drawn("Glorot uniform", Uniform, gain, (fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)));

    /// <summary>Normal with standard deviation √(2/fan-in), which keeps the mean square through ReLU (He, Zhang, Ren and Sun, 2015).</summary>
    public static Initializer HeNormal() => Drawn("He normal", Normal, 1, (fanIn, _) => Math.Sqrt(2.0 / fanIn));

    /// <summary>Uniform in ±√(6/fan-in), with the same variance as <see cref="HeNormal"/>.</summary>
    public static Initializer HeUniform() => Drawn("He uniform", Uniform, 1, (fanIn, _) => Math.Sqrt(6.0 / fanIn));

    /// <summary>Uniform in ±1/√H, what PyTorch gives every parameter of a recurrent layer with H units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">H is not positive.</exception>
    public static Initializer PyTorchDefault(int hiddenSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        return Drawn("PyTorch's default", Uniform, 1, (_, _) => 1 / Math.Sqrt(hiddenSize), needsMatrix: false);
    }

    /// <summary>Overwrites every element.</summary>
    /// <param name="weight">[outputs, inputs]; for constants, <see cref="Gaussian"/> and <see cref="PyTorchDefault"/> any shape.</param>
    /// <param name="random">Where the draws come from; the same state gives the same weight.</param>
    /// <exception cref="ArgumentException">A matrix is needed, and the weight is none.</exception>
    public void Fill(Tensor weight, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(random);
        fill(weight, random);
    }

    /// <inheritdoc/>
    public override string ToString() => name;

    private static double Normal(RandomSource random, double std) => std * random.NextGaussian();

    private static double Uniform(RandomSource random, double bound) => random.NextUniform(-bound, bound);

    /// <summary>Independent draws from a distribution around 0, as wide as the gain times what fan-in and fan-out of a matrix say.</summary>
    private static Initializer Drawn(
        string name, Func<RandomSource, double, double> draw, float gain, Func<int, int, double> width, bool needsMatrix = true)
    {
        if (!float.IsFinite(gain) || gain < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(gain), gain, "A scale is finite and not negative.");
        }

        return new(name, (weight, random) =>
        {
            if (needsMatrix)
            {
                weight.RequireShape("The weight", -1, -1);
            }

            var scale = gain * width(weight.Shape[^1], weight.Shape[0]);
            foreach (ref var element in weight.Span)
            {
                element = (float)draw(random, scale);
            }
        });
    }
}
