namespace RnnBook;

/// <summary>The starts of whole layers that the book compares.</summary>
public static class LayerStarts
{
    /// <summary>Draws W_hh, then W_ih, and sets the biases to 0. Returns the layer.</summary>
    public static Rnn StartFrom(this Rnn rnn, RandomSource random, Initializer recurrent, Initializer input)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(recurrent);
        ArgumentNullException.ThrowIfNull(input);
        recurrent.Fill(rnn.WeightHh.Value, random);
        input.Fill(rnn.WeightIh.Value, random);
        rnn.BiasIh.Value.Clear();
        rnn.BiasHh.Value.Clear();
        return rnn;
    }

    /// <summary>
    /// The IRNN's start: W_hh = scale·I, W_ih from N(0, inputStd²), biases 0. With ReLU and scale 1 a state that is not
    /// negative is kept as it is, until the input changes it. (Le, Jaitly and Hinton, 2015, arXiv 1504.00941.)
    /// </summary>
    /// <param name="rnn">The layer, which is returned.</param>
    /// <param name="random">For W_ih.</param>
    /// <param name="inputStd">Standard deviation of W_ih; the paper has 0.001.</param>
    /// <param name="scale">1 remembers for ever, less forgets.</param>
    public static Rnn StartFromIdentity(this Rnn rnn, RandomSource random, float inputStd = 0.001f, float scale = 1) =>
        rnn.StartFrom(random, Initializer.Identity(scale), Initializer.Gaussian(inputStd));

    /// <summary>
    /// The np-RNN's start: W_hh = (I + A)/λ_max(I + A) with A = RᵀR/H, so that one direction is kept and all others fade; W_ih from
    /// N(0, inputStd²), biases 0. Made for ReLU. (Talathi and Vartak, 2015, arXiv 1511.03771.)
    /// </summary>
    /// <param name="rnn">The layer, which is returned.</param>
    /// <param name="random">For W_hh, then W_ih.</param>
    /// <param name="inputStd">Standard deviation of W_ih, zero or more.</param>
    public static Rnn StartFromPositiveDefinite(this Rnn rnn, RandomSource random, float inputStd) =>
        rnn.StartFrom(random, Initializer.NormalizedPositiveDefinite(), Initializer.Gaussian(inputStd));

    /// <summary>
    /// Makes the forget gate's total bias b, all of it in bias_ih and 0 in bias_hh. The gate then starts near σ(b), and T
    /// steps keep about σ(b)ᵀ of the cell. (Gers, Schmidhuber and Cummins, 2000; Jozefowicz, Zaremba and Sutskever, 2015.)
    /// </summary>
    /// <param name="lstm">The layer, which is returned; only its forget gate's biases change.</param>
    /// <param name="bias">b; 1 is usual, long memories want more.</param>
    public static Lstm SetForgetBias(this Lstm lstm, float bias)
    {
        ArgumentNullException.ThrowIfNull(lstm);
        if (!float.IsFinite(bias))
        {
            throw new ArgumentOutOfRangeException(nameof(bias), bias, "A bias is finite.");
        }

        SetGateBias(lstm, (int)LstmGate.Forget, _ => bias);
        return lstm;
    }

    /// <summary>
    /// The chrono start of an LSTM: a unit's forget bias is ln u, its input bias −ln u, with u uniform in [1, T − 1), T the longest time to
    /// bridge. The forget gate then starts near u/(1 + u), so that a unit forgets over 1 + u steps, the units together over 2 to T.
    /// (Tallec and Ollivier, 2018, arXiv 1804.11188.)
    /// </summary>
    /// <param name="lstm">The layer, which is returned; only the biases of its input and forget gates change.</param>
    /// <param name="random">For the u, one a unit.</param>
    /// <param name="longest">T, 2 or more; the sequence length if nothing better is known.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 2.</exception>
    public static Lstm SetChronoBiases(this Lstm lstm, RandomSource random, int longest)
    {
        ArgumentNullException.ThrowIfNull(lstm);
        var forget = ChronoBiases(lstm, random, longest);
        SetGateBias(lstm, (int)LstmGate.Forget, unit => forget[unit]);
        SetGateBias(lstm, (int)LstmGate.Input, unit => -forget[unit]);
        return lstm;
    }

    /// <summary>
    /// The chrono start of a GRU: a unit's update bias is +ln u, with u uniform in [1, T − 1), T the longest time to bridge.
    /// (Tallec and Ollivier, 2018, arXiv 1804.11188.)
    /// </summary>
    /// <remarks>
    /// The paper's gate g writes: h_t = g⊙n + (1 − g)⊙h_{t−1}, and its bias starts at −ln u. PyTorch's z keeps: h_t = (1 − z)⊙n + z⊙h_{t−1}, so
    /// z = 1 − g, and since 1 − σ(−x) = σ(x) its bias has the other sign. Then z ≈ u/(1 + u): a unit forgets over 1 + u steps.
    /// </remarks>
    /// <param name="gru">The layer, which is returned; only the biases of its update gate change.</param>
    /// <param name="random">For the u, one a unit.</param>
    /// <param name="longest">T, 2 or more; the sequence length if nothing better is known.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is less than 2.</exception>
    public static Gru SetChronoBiases(this Gru gru, RandomSource random, int longest)
    {
        ArgumentNullException.ThrowIfNull(gru);
        var keep = ChronoBiases(gru, random, longest);
        SetGateBias(gru, GruUpdateGate, unit => keep[unit]);
        return gru;
    }

    // Row block of the parameters: a GRU's gates are r, z, n.
    private const int GruUpdateGate = 1;

    private static float[] ChronoBiases(RecurrentLayer layer, RandomSource random, int longest)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 2);
        return [.. Enumerable.Range(0, layer.HiddenSize).Select(_ => (float)Math.Log(random.NextUniform(1, longest - 1)))];
    }

    /// <summary>The whole bias of a gate goes to bias_ih, 0 to bias_hh: the cell only sees their sum.</summary>
    internal static void SetGateBias(RecurrentLayer layer, int gate, Func<int, float> bias)
    {
        for (var unit = 0; unit < layer.HiddenSize; unit++)
        {
            layer.BiasIh.Value[(gate * layer.HiddenSize) + unit] = bias(unit);
            layer.BiasHh.Value[(gate * layer.HiddenSize) + unit] = 0;
        }
    }
}
