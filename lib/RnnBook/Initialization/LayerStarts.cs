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
    /// Makes the forget gate's total bias b, all of it in bias_ih and 0 in bias_hh. The gate then starts near σ(b), and T
    /// steps keep about σ(b)ᵀ of the cell. (Gers, Schmidhuber and Cummins, 2000; Jozefowicz, Zaremba and Sutskever, 2015.)
    /// </summary>
    /// <param name="lstm">The layer, which is returned; only its forget gate's biases change.</param>
    /// <param name="bias">b; 1 is usual, long memories want more.</param>
    public static Lstm SetForgetBias(this Lstm lstm, float bias)
    {
        ArgumentNullException.ThrowIfNull(lstm);

        // Gate order i, f, g, o: the second block of H.
        lstm.BiasIh.Value.Span.Slice(lstm.HiddenSize, lstm.HiddenSize).Fill(bias);
        lstm.BiasHh.Value.Span.Slice(lstm.HiddenSize, lstm.HiddenSize).Clear();
        return lstm;
    }
}
