using System.Numerics;
using System.Numerics.Tensors;
using static System.FormattableString;

namespace RnnBook;

/// <summary>Gradient descent along averages of the gradient and of its square (Kingma and Ba, 2015; PyTorch's <c>Adam</c>).</summary>
/// <remarks>
/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) at step t:
/// the averages start at zero, and the division takes that out again.
/// </remarks>
public class Adam : Optimizer
{
    private readonly OptimizerState means = new();
    private readonly OptimizerState squares = new();
    private float meanScale;
    private float rootScale;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, zero or more.</param>
    /// <param name="beta1">β₁ in [0, 1): how slowly the average of g forgets.</param>
    /// <param name="beta2">β₂ in [0, 1): how slowly the average of g² forgets.</param>
    /// <param name="epsilon">ε, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public Adam(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate)
    {
        (Beta1, Beta2) = (Fraction(beta1, nameof(beta1)), Fraction(beta2, nameof(beta2)));
        Epsilon = NotNegative(epsilon, nameof(epsilon));
    }

    /// <summary>β₁, the share of the average of g that is kept in a step.</summary>
    public float Beta1 { get; }

    /// <summary>β₂, the share of the average of g² that is kept in a step.</summary>
    public float Beta2 { get; }

    /// <summary>ε, added to √v̂.</summary>
    public float Epsilon { get; }

    internal override string Constants =>
        FormattableString.Invariant($"{GetType().Name}, betas {Beta1} and {Beta2}, epsilon {Epsilon}, decay {WeightDecay}");

    internal override IReadOnlyList<(string Name, OptimizerState State)> States => [("exp_avg", means), ("exp_avg_sq", squares)];

    /// <inheritdoc/>
    public override string ToString() => Invariant($"Adam, rate {LearningRate}, betas {Beta1} and {Beta2}");

    /// <summary>λ: each step first shrinks every weight by the share ηλ. None for plain Adam.</summary>
    private protected virtual float WeightDecay => 0;

    private protected override void BeginStep()
    {
        meanScale = (float)(1 / (1 - Math.Pow(Beta1, Steps)));
        rootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps)));
    }

    private protected override void Update(Parameter parameter, float rate)
    {
        var w = parameter.Value.Span;
        var g = parameter.Gradient.Span;
        var m = means.Of(parameter).Span;
        var v = squares.Of(parameter).Span;
        var scaledRate = rate * meanScale;
        if (WeightDecay > 0)
        {
            TensorPrimitives.Multiply(w, 1 - (rate * WeightDecay), w);
        }

        var i = Kernels.Best.AdamStep(w, g, m, v, [Beta1, 1 - Beta1, Beta2, 1 - Beta2, scaledRate, rootScale, Epsilon]);
        for (; i <= w.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(g[i..]);
            var mean = (new Vector<float>(m[i..]) * Beta1) + (gradient * (1 - Beta1));
            var square = (new Vector<float>(v[i..]) * Beta2) + (gradient * gradient * (1 - Beta2));
            var size = (Vector.SquareRoot(square) * rootScale) + new Vector<float>(Epsilon);
            var weight = new Vector<float>(w[i..]) - (mean * scaledRate / size);
            mean.CopyTo(m[i..]);
            square.CopyTo(v[i..]);
            weight.CopyTo(w[i..]);
        }

        for (; i < w.Length; i++)
        {
            m[i] = (m[i] * Beta1) + (g[i] * (1 - Beta1));
            v[i] = (v[i] * Beta2) + (g[i] * g[i] * (1 - Beta2));
            w[i] -= m[i] * scaledRate / ((MathF.Sqrt(v[i]) * rootScale) + Epsilon);
        }
    }
}
