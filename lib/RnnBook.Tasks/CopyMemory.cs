namespace RnnBook;

/// <summary>
/// Keep a short text in mind, then repeat it. The sequence shows <see cref="Length"/> random symbols, blanks, a "now" sign, and blanks
/// again; the answer is blank at every step but the last <see cref="Length"/>, which ask for the symbols in their order.
/// </summary>
/// <remarks>
/// From Hochreiter and Schmidhuber (1997), in the form of Arjovsky, Shah and Bengio (Unitary Evolution Recurrent Neural Networks, 2016):
/// the symbols, then delay − 1 blanks, the sign, and as many blanks as there were symbols; T = delay + 2·length. Inputs are
/// one-hot: the symbols, then the blank, then the sign. Classes are the symbols, then the blank; the sign is never an answer.
/// Who remembers nothing answers blank until the sign and then guesses: length·ln(symbols) / (delay + 2·length) nats a step.
/// </remarks>
public sealed class CopyMemory : SequenceTask
{
    /// <summary>Makes the task.</summary>
    /// <param name="delay">Steps from the last symbol to the "now" sign, 1 or more.</param>
    /// <param name="symbols">Different symbols, 2 or more.</param>
    /// <param name="length">Symbols to remember, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public CopyMemory(int delay, int symbols = 8, int length = 10)
        : base(new SoftmaxCrossEntropy())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (Delay, Symbols, Length, Name) = (delay, symbols, length, $"copy memory, delay {delay}");
        (SequenceLength, InputSize, OutputSize, EveryStep) = (delay + (2 * length), symbols + 2, symbols + 1, true);
        Baseline = length * Math.Log(symbols) / SequenceLength;
    }

    /// <summary>Steps from the last symbol to the "now" sign.</summary>
    public int Delay { get; }

    /// <summary>Different symbols; the blank is input and class number <see cref="Symbols"/>, the sign is the input after it.</summary>
    public int Symbols { get; }

    /// <summary>Symbols to remember.</summary>
    public int Length { get; }

    /// <summary>Share of the symbols repeated rightly: the blanks, which anyone gets right, do not count.</summary>
    /// <param name="output">[T, B, symbols + 1].</param>
    /// <param name="batch">The batch.</param>
    public override double Accuracy(Tensor output, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(batch);
        output.RequireShape("The output", SequenceLength, batch.Size, OutputSize);
        return (double)SoftmaxCrossEntropy.CountRight(output, batch, (SequenceLength - Length) * batch.Size) / (Length * batch.Size);
    }

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        var (x, y) = (batch.Inputs, batch.Labels!);
        var (blank, sign) = (Symbols, Symbols + 1);
        x.Clear();
        Array.Fill(y, blank);
        for (var b = 0; b < batch.Size; b++)
        {
            for (var t = 0; t < SequenceLength; t++)
            {
                var shown = t < Length ? random.NextInt(Symbols) : t == Length + Delay - 1 ? sign : blank;
                x[t, b, shown] = 1;
                if (t < Length)
                {
                    y[((SequenceLength - Length + t) * batch.Size) + b] = shown;
                }
            }
        }
    }
}
