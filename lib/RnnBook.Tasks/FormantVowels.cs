using System.Buffers;
using System.Runtime.Intrinsics;

namespace RnnBook;

/// <summary>
/// Hear which of five vowels a voice says. The speech is made, not recorded: every draw is another speaker with another pitch, melody, and
/// noise. A step shows 32 ms of sound, 16 ms after the one before, as the loudness in bands of the mel scale.
/// </summary>
/// <remarks>
/// Features as in speech recognition: a Hamming window, the power spectrum, triangular bands equally wide on the mel scale
/// 2595 lg(1 + f/700), the natural logarithm of the power in each.
/// </remarks>
public sealed class FormantVowels : SequenceTask
{
    private const int FrameLength = 256;
    private const int Hop = 128;
    private const int Lines = FrameLength / 2;
    private static readonly Tensor Waves = MakeWaves();
    private readonly Tensor bands;

    /// <summary>Makes the task.</summary>
    /// <param name="frames">T, 1 or more: steps of 16 ms.</param>
    /// <param name="bands">I, 2 to 40: bands of the mel scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public FormantVowels(int frames = 20, int bands = 16)
        : base(new SoftmaxCrossEntropy())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bands, 40);
        Name = $"formant vowels, {frames} frames of {bands} bands";
        (SequenceLength, InputSize, OutputSize, Baseline) = (frames, bands, Vowels.Count, Math.Log(Vowels.Count));
        this.bands = MakeBands(bands);
    }

    /// <summary>Samples a second of the sound.</summary>
    public static int SampleRate => VowelVoice.SampleRate;

    /// <summary>The vowels in the order of their classes.</summary>
    public static IReadOnlyList<string> Vowels => VowelVoice.Vowels;

    /// <summary>Samples of a sequence.</summary>
    public int SoundLength => FrameLength + ((SequenceLength - 1) * Hop);

    /// <summary>A vowel as sound, to plot or to listen to: <see cref="SoundLength"/> samples.</summary>
    /// <param name="vowel">Its class, 0 to 4.</param>
    /// <param name="random">Where the speaker comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such vowel.</exception>
    public float[] Sound(int vowel, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)vowel, (uint)Vowels.Count, nameof(vowel));
        var sound = new float[SoundLength];
        VowelVoice.Say(vowel, random, sound);
        return sound;
    }

    /// <summary>The features of a sound, [T, I].</summary>
    /// <param name="sound"><see cref="SoundLength"/> samples.</param>
    /// <exception cref="ArgumentException">Another number of samples.</exception>
    public Tensor Features(ReadOnlySpan<float> sound)
    {
        if (sound.Length != SoundLength)
        {
            throw new ArgumentException($"{SequenceLength} frames need {SoundLength} samples, not {sound.Length}.", nameof(sound));
        }

        var features = new Tensor(SequenceLength, InputSize);
        Analyze(sound, features.Span, InputSize);
        return features;
    }

    /// <inheritdoc/>
    protected override void Draw(Batch batch, RandomSource random, bool test)
    {
        var rented = ArrayPool<float>.Shared.Rent(SoundLength);
        var sound = rented.AsSpan(0, SoundLength);
        for (var b = 0; b < batch.Size; b++)
        {
            var vowel = random.NextInt(Vowels.Count);
            batch.Labels![b] = vowel;
            VowelVoice.Say(vowel, random, sound);
            Analyze(sound, batch.Inputs.Span[(b * InputSize)..], batch.Size * InputSize);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Loudness in each band of each frame.</summary>
    /// <param name="sound">The samples.</param>
    /// <param name="loudness">InputSize numbers a frame.</param>
    /// <param name="stride">From one frame's numbers to the next one's.</param>
    private void Analyze(ReadOnlySpan<float> sound, Span<float> loudness, int stride)
    {
        Span<float> power = stackalloc float[Lines];
        for (var t = 0; t < SequenceLength; t++)
        {
            var frame = sound.Slice(t * Hop, FrameLength);
            for (var k = 0; k < Lines; k++)
            {
                var (cosine, sine) = (Dot(frame, Waves.Slice(2 * k)), Dot(frame, Waves.Slice((2 * k) + 1)));
                power[k] = ((cosine * cosine) + (sine * sine)) / FrameLength;
            }

            for (var i = 0; i < InputSize; i++)
            {
                loudness[(t * stride) + i] = MathF.Log(Dot(power, bands.Slice(i)) + 1e-6f);
            }
        }
    }

    /// <summary>Σ x y in eight sums whatever the processor, so that the same seed gives the same features everywhere.</summary>
    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sums = Vector256<float>.Zero;
        for (var i = 0; i < x.Length; i += 8)
        {
            sums += Vector256.Create(x.Slice(i, 8)) * Vector256.Create(y.Slice(i, 8));
        }

        var sum = 0f;
        for (var i = 0; i < 8; i++)
        {
            sum += sums[i];
        }

        return sum;
    }

    /// <summary>Cosine and sine of each line of the spectrum, under the Hamming window.</summary>
    private static Tensor MakeWaves()
    {
        var waves = new Tensor(2 * Lines, FrameLength);
        for (var k = 0; k < Lines; k++)
        {
            for (var n = 0; n < FrameLength; n++)
            {
                var window = 0.54 - (0.46 * Math.Cos(2 * Math.PI * n / (FrameLength - 1)));
                var (sine, cosine) = Math.SinCos(2 * Math.PI * k * n / FrameLength);
                waves[2 * k, n] = (float)(window * cosine);
                waves[(2 * k) + 1, n] = (float)(window * sine);
            }
        }

        return waves;
    }

    /// <summary>The weight of each line of the spectrum in each band: triangles that overlap by half.</summary>
    private static Tensor MakeBands(int count)
    {
        static double Mel(double frequency) => 2595 * Math.Log10(1 + (frequency / 700));
        var weights = new Tensor(count, Lines);
        var width = Mel(VowelVoice.SampleRate / 2.0) / (count + 1);
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < Lines; k++)
            {
                var distance = Math.Abs((Mel(k * (double)VowelVoice.SampleRate / FrameLength) / width) - i - 1);
                weights[i, k] = (float)Math.Max(0, 1 - distance);
            }
        }

        return weights;
    }
}
