using System.Numerics.Tensors;
using static System.FormattableString;

namespace RnnBook;

/// <summary>Gradient descent, with momentum if wanted (PyTorch's <c>SGD</c>).</summary>
/// <remarks>v ← μ v + g, w ← w − η v. Without momentum w ← w − η g, and nothing is remembered.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly OptimizerState velocities = new();

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, zero or more.</param>
    /// <param name="momentum">μ in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public Sgd(float learningRate, float momentum = 0)
        : base(learningRate)
    {
        Momentum = Fraction(momentum, nameof(momentum));
    }

    /// <summary>μ, the share of the last step that is kept.</summary>
    public float Momentum { get; }

    internal override string Constants => FormattableString.Invariant($"SGD, momentum {Momentum}");

    internal override IReadOnlyList<(string Name, OptimizerState State)> States => Momentum > 0 ? [("momentum_buffer", velocities)] : [];

    /// <inheritdoc/>
    public override string ToString() => Momentum > 0 ? Invariant($"SGD, rate {LearningRate}, momentum {Momentum}") : Invariant($"SGD, rate {LearningRate}");

    private protected override void Update(Parameter parameter, float rate)
    {
        var w = parameter.Value.Span;
        ReadOnlySpan<float> step = parameter.Gradient.Span;
        if (Momentum > 0)
        {
            var v = velocities.Of(parameter).Span;
            TensorPrimitives.MultiplyAdd(v, Momentum, step, v);
            step = v;
        }

        TensorPrimitives.MultiplyAdd(step, -rate, w, w);
    }
}
