namespace RnnBook;

/// <summary>
/// The book's only source of random numbers: xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64.
/// The same seed gives the same stream on every system. Not for secrets.
/// </summary>
public sealed class RandomSource
{
    private ulong s0, s1, s2, s3;
    private double spare = double.NaN;

    /// <summary>Starts the stream that belongs to <paramref name="seed"/>.</summary>
    public RandomSource(ulong seed)
    {
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>A stream of its own for a part of the work, so that parts may be drawn in any order.</summary>
    /// <param name="part">Which part; the same part of the same stream state gives the same numbers.</param>
    public RandomSource Fork(ulong part) => new(s0 ^ (s3 + (part * 0x9E3779B97F4A7C15UL)));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public double NextUniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform among 0 … <paramref name="count"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(NextBits(), (ulong)count, out _);
    }

    /// <summary>Standard normal, by the polar method (Marsaglia and Bray, 1964).</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);

        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * scale;
        return u * scale;
    }

    /// <summary>Puts the elements into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The whole state, to go on from later with <see cref="Restore"/>: five words.</summary>
    public ulong[] Save() => [s0, s1, s2, s3, BitConverter.DoubleToUInt64Bits(spare)];

    /// <summary>Goes on from a state that <see cref="Save"/> gave.</summary>
    /// <exception cref="ArgumentException">Not five words.</exception>
    public void Restore(ReadOnlySpan<ulong> state)
    {
        if (state.Length != 5)
        {
            throw new ArgumentException($"A random state has 5 words, not {state.Length}.", nameof(state));
        }

        (s0, s1, s2, s3) = (state[0], state[1], state[2], state[3]);
        spare = BitConverter.UInt64BitsToDouble(state[4]);
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
