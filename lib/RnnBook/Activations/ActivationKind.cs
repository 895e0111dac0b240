namespace RnnBook;

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
