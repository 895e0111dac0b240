using System.Globalization;

namespace RnnBook;

/// <summary>
/// A function f that a unit applies to its pre-activation x, and its derivative f′. NaN passes through both; ±∞ give the limits.
/// Derive from it to try a function of your own.
/// </summary>
/// <param name="name">The name that figures and tables use, such as "Leaky ReLU".</param>
/// <param name="formula">f(x) as text, such as "max(0, x)".</param>
/// <param name="low">Smallest value, or the bound that f approaches; −∞ where there is none.</param>
/// <param name="high">Largest value, or the bound that f approaches; ∞ where there is none.</param>
public abstract class Activation(string name, string formula, double low, double high)
{
    /// <summary>f(x) = x.</summary>
    public static Identity Identity { get; } = new();

    /// <summary>The logistic function, 1/(1 + e⁻ˣ).</summary>
    public static Sigmoid Sigmoid { get; } = new();

    /// <summary>The hyperbolic tangent.</summary>
    public static Tanh Tanh { get; } = new();

    /// <summary>max(0, x).</summary>
    public static Relu Relu { get; } = new();

    /// <summary>x above 0, 0.01·x below.</summary>
    public static LeakyRelu LeakyRelu { get; } = new();

    /// <summary>x above 0, a·x below, with the slope a = 0.25 that each layer starts to learn from.</summary>
    public static PRelu PRelu { get; } = new();

    /// <summary>x above 0, eˣ − 1 below.</summary>
    public static Elu Elu { get; } = new();

    /// <summary>x·Φ(x), exact.</summary>
    public static Gelu Gelu { get; } = new();

    /// <summary>ln(1 + eˣ).</summary>
    public static Softplus Softplus { get; } = new();

    /// <summary>x·σ(x), also called SiLU.</summary>
    public static Swish Swish { get; } = new();

    /// <summary>The ten, each with its usual constants, the identity first.</summary>
    public static IReadOnlyList<Activation> All { get; } =
        [Identity, Sigmoid, Tanh, Relu, LeakyRelu, PRelu, Elu, Gelu, Softplus, Swish];

    /// <summary>The name that figures and tables use, such as "Leaky ReLU".</summary>
    public string Name => name;

    /// <summary>f(x) as text, such as "max(0, x)".</summary>
    public virtual string Formula => formula;

    /// <summary>Smallest and largest value, or the bounds that f approaches; ±∞ where there is none.</summary>
    public virtual (double Low, double High) Range => (low, high);

    /// <summary>What the recurrent kernels may compute themselves.</summary>
    internal virtual ActivationKind Kind => ActivationKind.Other;

    /// <summary>The constant of <see cref="ActivationKind.LeakyRelu"/> and <see cref="ActivationKind.Elu"/>.</summary>
    internal virtual float Slope => 0;

    /// <summary>The function for one layer: itself, or a copy if the layer learns a part of it.</summary>
    internal virtual Activation ForLayer() => this;

    /// <summary>f(x), to a few units in the last place.</summary>
    public abstract double Value(double x);

    /// <summary>f′(x), to a few units in the last place except beside a zero of f′.</summary>
    public abstract double Derivative(double x);

    /// <summary>f(x), computed in double and rounded: what the span version is measured against.</summary>
    public float Value(float x) => (float)Value((double)x);

    /// <summary>f′(x), computed in double and rounded.</summary>
    public float Derivative(float x) => (float)Derivative((double)x);

    /// <summary>
    /// destination[i] = f(x[i]), vectorised; allocates nothing. Within 5 units in the last place; a result below 1e-36 may be 0.
    /// </summary>
    /// <param name="x">Pre-activations, any number of them.</param>
    /// <param name="destination">As long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public void Apply(ReadOnlySpan<float> x, Span<float> destination)
    {
        RequireFit(x, destination);
        Map(x, destination, derivative: false);
    }

    /// <summary>
    /// destination[i] = f′(x[i]), otherwise as <see cref="Apply"/>; only to 2.4e-7 absolute for GELU and Swish, whose f′ crosses 0.
    /// </summary>
    /// <param name="x">Pre-activations.</param>
    /// <param name="destination">As long as <paramref name="x"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public void ApplyDerivative(ReadOnlySpan<float> x, Span<float> destination)
    {
        RequireFit(x, destination);
        Map(x, destination, derivative: true);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Formula}, range {Bound(Range.Low)} … {Bound(Range.High)}";

    /// <summary>f or f′ of spans that are known to fit: element by element; the book's own functions take whole vectors.</summary>
    private protected virtual void Map(ReadOnlySpan<float> x, Span<float> destination, bool derivative)
    {
        for (var i = 0; i < x.Length; i++)
        {
            destination[i] = derivative ? Derivative(x[i]) : Value(x[i]);
        }
    }

    private static string Bound(double bound) =>
        double.IsFinite(bound) ? bound.ToString("G4", CultureInfo.InvariantCulture) : bound > 0 ? "∞" : "−∞";

    private static void RequireFit(ReadOnlySpan<float> x, Span<float> destination)
    {
        if (x.Length != destination.Length)
        {
            throw new ArgumentException($"x has {x.Length} elements, but the destination {destination.Length}.", nameof(destination));
        }

        if (x.Overlaps(destination, out var offset) && offset != 0)
        {
            throw new ArgumentException($"x and the destination overlap, {Math.Abs(offset)} elements apart.", nameof(destination));
        }
    }
}

/// <summary>
/// The activations that the recurrent kernels compute in registers, f′ from the output h alone; <see cref="Other"/> for the rest.
/// </summary>
internal enum ActivationKind
{
    /// <summary>h = x, f′ = 1.</summary>
    Identity,

    /// <summary>h = max(0, x), f′ = h &gt; 0 ? 1 : 0.</summary>
    Relu,

    /// <summary>h = x &gt; 0 ? x : a·x with a = Slope &gt; 0, f′ = h &gt; 0 ? 1 : a.</summary>
    LeakyRelu,

    /// <summary>h = x &gt; 0 ? x : α(eˣ − 1) with α = Slope &gt; 0, f′ = h &gt; 0 ? 1 : h + α.</summary>
    Elu,

    /// <summary>h = 1/(1 + e⁻ˣ), f′ = h(1 − h).</summary>
    Sigmoid,

    /// <summary>h = tanh x, f′ = 1 − h².</summary>
    Tanh,

    /// <summary>f′ needs x itself: apply <see cref="Activation.Apply"/> and <see cref="Activation.ApplyDerivative"/> to blocks.</summary>
    Other,
}
