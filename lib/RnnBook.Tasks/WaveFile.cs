namespace RnnBook;

/// <summary>A sound as a WAV file: one channel of 16 bits, without compression, which every browser plays.</summary>
/// <remarks>The RIFF form of Microsoft and IBM (1991), 44 bytes of header.</remarks>
public static class WaveFile
{
    private const int BytesASample = 2;

    /// <summary>The bytes of the file. The loudest sample becomes nine tenths of the largest number, so any scale will do.</summary>
    /// <param name="sound">Samples, finite.</param>
    /// <param name="sampleRate">Samples a second, above 0.</param>
    /// <exception cref="ArgumentException">A sample is not finite.</exception>
    public static byte[] Bytes(ReadOnlySpan<float> sound, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        var loudest = 0f;
        foreach (var sample in sound)
        {
            loudest = float.IsFinite(sample)
                ? MathF.Max(loudest, MathF.Abs(sample))
                : throw new ArgumentException($"A sound's samples are finite, but one is {sample}.", nameof(sound));
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (BytesASample * sound.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(BytesASample * sampleRate);
        writer.Write((short)BytesASample);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(BytesASample * sound.Length);
        foreach (var sample in sound)
        {
            writer.Write((short)MathF.Round(loudest > 0 ? 0.9f * short.MaxValue * sample / loudest : 0));
        }

        return file.ToArray();
    }
}
