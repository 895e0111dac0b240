using System.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>Gradient descent with each step divided by the gradient's recent size (Hinton, 2012; PyTorch's <c>RMSprop</c>).</summary>
/// <remarks>s ← α s + (1 − α) g², w ← w − η g / (√s + ε).</remarks>
public sealed class RmsProp : Optimizer
{
    private readonly OptimizerState squares = new();

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, zero or more.</param>
    /// <param name="alpha">α in [0, 1): how slowly the average of g² forgets.</param>
    /// <param name="epsilon">ε, zero or more: keeps a tiny gradient from making a huge step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public RmsProp(float learningRate, float alpha = 0.99f, float epsilon = 1e-8f)
        : base(learningRate)
    {
        (Alpha, Epsilon) = (Fraction(alpha, nameof(alpha)), NotNegative(epsilon, nameof(epsilon)));
    }

    /// <summary>α, the share of the average of g² that is kept in a step.</summary>
    public float Alpha { get; }

    /// <summary>ε, added to √s.</summary>
    public float Epsilon { get; }

    internal override string Constants => FormattableString.Invariant($"RMSProp, alpha {Alpha}, epsilon {Epsilon}");

    internal override IReadOnlyList<(string Name, OptimizerState State)> States => [("square_avg", squares)];

    /// <inheritdoc/>
    public override string ToString() => Invariant($"RMSProp, rate {LearningRate}, alpha {Alpha}");

    private protected override void Update(Parameter parameter, float rate)
    {
        var w = parameter.Value.Span;
        var g = parameter.Gradient.Span;
        var s = squares.Of(parameter).Span;
        var i = 0;
        for (; i <= w.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(g[i..]);
            var square = (new Vector<float>(s[i..]) * Alpha) + (gradient * gradient * (1 - Alpha));
            var weight = new Vector<float>(w[i..]) - (gradient * rate / (Vector.SquareRoot(square) + new Vector<float>(Epsilon)));
            square.CopyTo(s[i..]);
            weight.CopyTo(w[i..]);
        }

        for (; i < w.Length; i++)
        {
            s[i] = (s[i] * Alpha) + (g[i] * g[i] * (1 - Alpha));
            w[i] -= g[i] * rate / (MathF.Sqrt(s[i]) + Epsilon);
        }
    }
}
