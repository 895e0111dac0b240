namespace RnnBook;

/// <summary>
/// Add two numbers that were marked far apart. Each step shows a value, uniform in [0, 1), and a marker, 0 or 1. One marker
/// stands in each half of the sequence; after the last step the answer is the sum of the two marked values.
/// </summary>
/// <remarks>
/// From Hochreiter and Schmidhuber (Long Short-Term Memory, 1997, experiment 4), in the form that Le, Jaitly and Hinton (A Simple
/// Way to Initialize Recurrent Networks of Rectified Linear Units, 2015) made common: values in [0, 1), the plain sum, fixed length.
/// The first marker is uniform over steps 0 … ⌊T/2⌋ − 1, the second over ⌊T/2⌋ … T − 1. The sum of two uniform values has mean 1
/// and variance 2/12, so always answering 1 costs 1/6.
/// </remarks>
public sealed class AddingProblem : SequenceTask
{
    /// <summary>Makes the task.</summary>
    /// <param name="sequenceLength">T, at least 2: one step for each marker.</param>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than 2.</exception>
    public AddingProblem(int sequenceLength)
        : base(new MeanSquaredError())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequenceLength, 2);
        Name = $"adding problem, T = {sequenceLength}";
        (SequenceLength, InputSize, OutputSize, Baseline) = (sequenceLength, 2, 1, 1.0 / 6);
    }

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        var (x, y) = (batch.Inputs, batch.Targets!);
        var half = SequenceLength / 2;
        for (var b = 0; b < batch.Size; b++)
        {
            for (var t = 0; t < SequenceLength; t++)
            {
                x[t, b, 0] = random.NextSingle();
                x[t, b, 1] = 0;
            }

            var first = random.NextInt(half);
            var second = half + random.NextInt(SequenceLength - half);
            x[first, b, 1] = 1;
            x[second, b, 1] = 1;
            y[b, 0] = x[first, b, 0] + x[second, b, 0];
        }
    }
}
