using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Read a text letter by letter and say after each one which comes next. A sequence is a piece of the text that begins anywhere, or, in a
/// stream, where the one before it in its row of the batch ended. Tests read the end of the text, which training never sees. Lines end by \n,
/// also where the text has \r\n; a letter beyond the basic plane, such as an emoji, is one letter and read as the sign U+FFFD; an accent that
/// stands for itself is a letter of its own.
/// </summary>
public sealed class CharacterText : SequenceTask
{
    private readonly int[] text;
    private readonly int[] counts;
    private readonly int trainLength;
    private readonly bool oneHot;
    private readonly bool stream;

    /// <summary>Makes the task.</summary>
    /// <param name="text">The text, such as <see cref="TextCorpus.Book"/>.</param>
    /// <param name="sequenceLength">T, 1 or more: letters that a sequence shows.</param>
    /// <param name="mostSymbols">
    /// Different letters at most, 2 or more; of a text that has more, the rarest are read as the one sign U+FFFD, which counts as one.
    /// </param>
    /// <param name="testShare">The part of the text, at its end, that is kept for tests: above 0 and below 1.</param>
    /// <param name="oneHot">Whether an input is one-hot, one number a symbol; if not it is one number, the symbol's place in the alphabet.</param>
    /// <param name="stream">
    /// Whether training reads the text in its order, as <see cref="Trainer.CarryState"/> needs it: row b of a batch begins at the b-th of B equal
    /// parts and goes on from draw to draw, at the end from its beginning again. Such a task counts its draws: every trainer needs its own.
    /// </param>
    /// <exception cref="ArgumentException">A part of the text is shorter than T + 1, or a setting is outside its range.</exception>
    public CharacterText(
        string text, int sequenceLength, int mostSymbols = int.MaxValue, double testShare = 0.1, bool oneHot = true, bool stream = false)
        : base(new SoftmaxCrossEntropy())
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSymbols, 2);
        text = Letters(text);
        (Alphabet, this.text) = Encode(text, mostSymbols);
        (this.oneHot, this.stream) = (oneHot, stream);
        (SequenceLength, InputSize, OutputSize, EveryStep) = (sequenceLength, oneHot ? Alphabet.Length : 1, Alphabet.Length, true);
        Name = $"character text, {text.Length} letters, {Alphabet.Length} symbols, T = {sequenceLength}{(stream ? ", in its order" : "")}";
        trainLength = (int)(text.Length * (1 - testShare));
        if (!(testShare > 0 && testShare < 1) || Math.Min(trainLength, text.Length - trainLength) <= sequenceLength)
        {
            throw new ArgumentException(
                Invariant($"{text.Length} letters with a test share of {testShare} leave no part longer than T = {sequenceLength} on both sides."));
        }

        counts = new int[Alphabet.Length];
        foreach (var symbol in this.text.AsSpan(0, trainLength))
        {
            counts[symbol]++;
        }

        // The loss on the test part, in nats a letter, of who answers with the frequencies of the training part.
        Baseline = TestLoss((_, next) => Share(counts[next], trainLength));
    }

    /// <summary>The letters in the order of their classes: the most frequent of the text, sorted.</summary>
    public string Alphabet { get; }

    /// <summary>
    /// What <see cref="SequenceTask.Baseline"/> is for letters by themselves: the loss on the test part, in nats a letter, of who knows for
    /// each letter how often each other followed it in the training part (counted from 1, so that nothing is impossible).
    /// </summary>
    public double PairBaseline()
    {
        var pairs = new int[Alphabet.Length, Alphabet.Length];
        for (var i = 1; i < trainLength; i++)
        {
            pairs[text[i - 1], text[i]]++;
        }

        return TestLoss((symbol, next) => Share(pairs[symbol, next], counts[symbol]));
    }

    /// <summary>Share of the test part that is the most frequent letter of the training part.</summary>
    public double MostFrequentShare()
    {
        var most = Array.IndexOf(counts, counts.Max());
        return (double)text.AsSpan(trainLength).Count(most) / (text.Length - trainLength);
    }

    /// <summary>Draws made of the stream.</summary>
    public override long Position { get; set; }

    /// <summary>The class of a letter; the class of U+FFFD for one that the alphabet lacks.</summary>
    /// <exception cref="ArgumentException">It has neither.</exception>
    public int ClassOf(char letter)
    {
        var found = Alphabet.IndexOf(letter, StringComparison.Ordinal);
        found = found < 0 ? Alphabet.IndexOf('\uFFFD', StringComparison.Ordinal) : found;
        return found >= 0 ? found : throw new ArgumentException($"The alphabet has no '{letter}'.", nameof(letter));
    }

    /// <summary>Letters as ids, for a model with an embedding: one sequence, [T, 1, 1].</summary>
    /// <exception cref="ArgumentException">A letter is not in the alphabet, which has no sign for others either.</exception>
    public Tensor Ids(string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        var read = Letters(letters);
        return Tensor.From([.. read.Select(letter => (float)ClassOf(letter))], read.Length, 1, 1);
    }

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        var (goesOn, part) = (stream && !test, (trainLength - 1) / batch.Size);
        if (goesOn && part < SequenceLength)
        {
            throw new ArgumentException($"{batch.Size} rows of a stream have {part} letters each, fewer than T = {SequenceLength}.");
        }

        batch.Inputs.Clear();
        for (var b = 0; b < batch.Size; b++)
        {
            var start = goesOn ? (b * part) + (int)(Position % (part / SequenceLength) * SequenceLength)
                : test ? trainLength + random.NextInt(text.Length - trainLength - SequenceLength)
                : random.NextInt(trainLength - SequenceLength);
            for (var t = 0; t < SequenceLength; t++)
            {
                var symbol = text[start + t];
                batch.Inputs[t, b, oneHot ? symbol : 0] = oneHot ? 1 : symbol;
                batch.Labels![(t * batch.Size) + b] = text[start + t + 1];
            }
        }

        Position += goesOn ? 1 : 0;
    }

    private double Share(int count, int all) => (count + 1.0) / (all + Alphabet.Length);

    private double TestLoss(Func<int, int, double> probability)
    {
        var sum = 0.0;
        for (var i = trainLength + 1; i < text.Length; i++)
        {
            sum -= Math.Log(probability(text[i - 1], text[i]));
        }

        return sum / (text.Length - trainLength - 1);
    }

    /// <summary>A text as it is read: two halves of a letter are never two letters.</summary>
    private static string Letters(string text) =>
        new([.. text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : '\uFFFD')]);

    private static (string Alphabet, int[] Text) Encode(string text, int mostSymbols)
    {
        var frequent = text.CountBy(letter => letter).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key).ToList();
        IEnumerable<char> kept = frequent.Count <= mostSymbols
            ? frequent
            : frequent.Where(letter => letter != '\uFFFD').Take(mostSymbols - 1).Append('\uFFFD');
        var alphabet = string.Concat(kept.Order());
        var places = alphabet.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var other = places.GetValueOrDefault('\uFFFD');
        return (alphabet, [.. text.Select(letter => places.GetValueOrDefault(letter, other))]);
    }
}
