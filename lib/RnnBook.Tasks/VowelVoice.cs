namespace RnnBook;

/// <summary>
/// A voice that says a vowel: pulses of the vocal folds through four resonances of the mouth, the formants, whose places make the vowel.
/// </summary>
/// <remarks>
/// Source and filter after Fant (1960); each formant is the second-order resonator of Klatt (Software for a Cascade/Parallel Formant
/// Synthesizer, 1980): y_n = A x_n + B y_{n−1} + C y_{n−2}, C = −e^{−2π·bw/f_s}, B = 2 e^{−π·bw/f_s} cos(2π·f/f_s), A = 1 − B − C. The mean
/// formants are those that Peterson and Barney (1952) measured for men.
/// </remarks>
internal static class VowelVoice
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 8000;

    private static readonly double[][] Formants = [[730, 1090, 2440], [530, 1840, 2480], [270, 2290, 3010], [570, 840, 2410], [300, 870, 2240]];
    private static readonly double[] Bandwidths = [70, 100, 140, 200];

    /// <summary>Which vowels there are, by their class.</summary>
    public static IReadOnlyList<string> Vowels { get; } = ["a", "e", "i", "o", "u"];

    /// <summary>Says a vowel with another throat, pitch, and melody every time; the loudness is that of the whole, noise included.</summary>
    public static void Say(int vowel, RandomSource random, Span<float> sound)
    {
        // A smaller speaker has a higher pitch and all formants higher; besides, nobody hits a formant twice.
        var height = random.NextUniform(-1, 1);
        var pitch = 150 * Math.Pow(1.6, height + random.NextUniform(-0.3, 0.3));
        var throat = Math.Pow(1.15, height);
        Span<Resonator> mouth = stackalloc Resonator[Bandwidths.Length];
        for (var i = 0; i < mouth.Length; i++)
        {
            var center = i < 3 ? Formants[vowel][i] * throat * (1 + (0.04 * random.NextGaussian())) : 3300 * throat;
            mouth[i] = new Resonator(Math.Min(center, 0.48 * SampleRate), Bandwidths[i] * random.NextUniform(0.8, 1.4));
        }

        var (glide, noise) = (random.NextUniform(-0.15, 0.15), Math.Pow(10, random.NextUniform(-2, -1)));
        var (phase, period, power) = (random.NextDouble(), SampleRate / pitch, 0.0);
        for (var n = 0; n < sound.Length; n++)
        {
            phase += 1 / period;
            if (phase >= 1)
            {
                // Jitter: two cycles of a voice are never equally long.
                phase -= 1;
                period = SampleRate / (pitch * (1 + (glide * n / sound.Length)) * (1 + (0.01 * random.NextGaussian())));
            }

            var value = Flow(phase);
            foreach (ref var formant in mouth)
            {
                value = formant.Pass(value);
            }

            sound[n] = (float)value;
            power += value * value;
        }

        var level = Math.Sqrt(power / sound.Length);
        for (var n = 0; n < sound.Length; n++)
        {
            sound[n] = (float)((sound[n] / level) + (noise * random.NextGaussian()));
        }
    }

    /// <summary>Change of the air flow through the vocal folds in one cycle: they open slowly, close fast, and rest (Rosenberg, 1971).</summary>
    private static double Flow(double phase) => phase switch
    {
        < 0.4 => Math.Sin(Math.PI * phase / 0.4) / 0.4,
        < 0.56 => -Math.Sin(Math.PI / 2 * (phase - 0.4) / 0.16) / 0.16,
        _ => 0,
    };

    /// <summary>One formant, with the two values that came out of it last.</summary>
    private struct Resonator
    {
        private readonly double a, b, c;
        private double last, beforeLast;

        public Resonator(double center, double bandwidth)
        {
            var shrink = Math.Exp(-Math.PI * bandwidth / SampleRate);
            c = -shrink * shrink;
            b = 2 * shrink * Math.Cos(2 * Math.PI * center / SampleRate);
            a = 1 - b - c;
        }

        public double Pass(double x)
        {
            (beforeLast, last) = (last, (a * x) + (b * last) + (c * beforeLast));
            return last;
        }
    }
}
