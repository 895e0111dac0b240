using static System.FormattableString;

namespace RnnBook;

/// <summary>Adam with weight decay that bypasses its averages (Loshchilov and Hutter, 2019; PyTorch's <c>AdamW</c>).</summary>
/// <remarks>w ← (1 − ηλ) w, then a step of <see cref="Adam"/>. An L2 term in the loss would be divided by √v̂ with the rest.</remarks>
public sealed class AdamW : Adam
{
    private readonly float weightDecay;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, zero or more.</param>
    /// <param name="weightDecay">λ, finite, zero or more.</param>
    /// <param name="beta1">β₁ in [0, 1).</param>
    /// <param name="beta2">β₂ in [0, 1).</param>
    /// <param name="epsilon">ε, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public AdamW(float learningRate = 1e-3f, float weightDecay = 0.01f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f)
        : base(learningRate, beta1, beta2, epsilon)
    {
        this.weightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>λ.</summary>
    private protected override float WeightDecay => weightDecay;

    /// <inheritdoc/>
    public override string ToString() => Invariant($"AdamW, rate {LearningRate}, betas {Beta1} and {Beta2}, decay {WeightDecay}");
}
