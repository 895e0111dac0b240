namespace RnnBook;

/// <summary>
/// A way to choose the numbers that training starts from. A weight is [outputs, inputs], as in y = Wx; its fan-in is the
/// number of inputs, its fan-out the number of outputs. A weight that holds several gates counts as one matrix, as in PyTorch.
/// </summary>
public abstract class Initializer
{
    /// <summary>Zero everywhere.</summary>
    public static Initializer Zeros { get; } = Constant(0);

    /// <summary>The name for tables and legends, such as "orthogonal" or "N(0, 0.001²)".</summary>
    public abstract string Name { get; }

    /// <summary>The same number everywhere.</summary>
    public static Initializer Constant(float value) => new ConstantInitializer(value);

    /// <summary>scale·I: <paramref name="scale"/> on the main diagonal, 0 elsewhere (Le, Jaitly and Hinton, 2015).</summary>
    public static Initializer Identity(float scale = 1) => new IdentityInitializer(scale);

    /// <summary>
    /// A random orthogonal matrix, every one equally likely, times <paramref name="gain"/> (Saxe, McClelland and Ganguli, 2014).
    /// </summary>
    public static Initializer Orthogonal(float gain = 1) => new OrthogonalInitializer(gain);

    /// <summary>
    /// (I + A)/λ_max(I + A) with A = RᵀR/N and R drawn from N(0, 1): largest eigenvalue 1, all others positive and below. The
    /// np-RNN's recurrent weight (Talathi and Vartak, 2015, arXiv 1511.03771).
    /// </summary>
    public static Initializer NormalizedPositiveDefinite() => new NormalizedPositiveDefiniteInitializer();

    /// <summary>Normal with the given standard deviation, whatever the shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static Initializer Gaussian(float std)
    {
        RequireScale(std, nameof(std));
        return new RandomInitializer($"N(0, {std}²)", isNormal: true, (_, _) => std);
    }

    /// <summary>Normal with standard deviation gain/√fan-in; for a square matrix the spectral radius is then about the gain.</summary>
    public static Initializer GaussianScaled(float gain = 1) =>
        Scaled($"Gaussian, gain {gain}", isNormal: true, gain, (fanIn, _) => 1 / Math.Sqrt(fanIn));

    /// <summary>Normal with standard deviation gain·√(2/(fan-in + fan-out)) (Glorot and Bengio, 2010).</summary>
    public static Initializer GlorotNormal(float gain = 1) =>
        Scaled("Glorot normal", isNormal: true, gain, (fanIn, fanOut) => Math.Sqrt(2.0 / (fanIn + fanOut)));

    /// <summary>Uniform in ±gain·√(6/(fan-in + fan-out)) (Glorot and Bengio, 2010).</summary>
    public static Initializer GlorotUniform(float gain = 1) =>
        Scaled("Glorot uniform", isNormal: false, gain, (fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)));

    /// <summary>
    /// Normal with standard deviation √(2/fan-in), which keeps the mean square through ReLU (He, Zhang, Ren and Sun, 2015).
    /// </summary>
    public static Initializer HeNormal() => Scaled("He normal", isNormal: true, 1, (fanIn, _) => Math.Sqrt(2.0 / fanIn));

    /// <summary>Uniform in ±√(6/fan-in), with the same variance as <see cref="HeNormal"/>.</summary>
    public static Initializer HeUniform() => Scaled("He uniform", isNormal: false, 1, (fanIn, _) => Math.Sqrt(6.0 / fanIn));

    /// <summary>Uniform in ±1/√H, what PyTorch gives every parameter of a recurrent layer with H units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">H is not positive.</exception>
    public static Initializer PyTorchDefault(int hiddenSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        return new RandomInitializer("PyTorch's default", isNormal: false, (_, _) => 1 / Math.Sqrt(hiddenSize));
    }

    /// <summary>Overwrites every element.</summary>
    /// <param name="weight">[outputs, inputs]; for constants, <see cref="Gaussian"/> and <see cref="PyTorchDefault"/> any shape.</param>
    /// <param name="random">Where the draws come from; the same state gives the same weight.</param>
    /// <exception cref="ArgumentException">A matrix is needed, and the weight is none.</exception>
    public abstract void Fill(Tensor weight, RandomSource random);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static void RequireScale(float scale, string name)
    {
        if (!float.IsFinite(scale) || scale < 0)
        {
            throw new ArgumentOutOfRangeException(name, scale, "A scale is finite and not negative.");
        }
    }

    private static RandomInitializer Scaled(string name, bool isNormal, float gain, Func<int, int, double> spread)
    {
        RequireScale(gain, nameof(gain));
        return new RandomInitializer(name, isNormal, (fanIn, fanOut) => gain * spread(fanIn, fanOut), needsMatrix: true);
    }
}
