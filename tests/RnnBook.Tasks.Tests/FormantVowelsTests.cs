namespace RnnBook.Tests;

public class FormantVowelsTests
{
    private static readonly FormantVowels Task = new();

    /// <summary>Where the ear finds a vowel: the first formant of a is high, that of i and u low; the second of i is high, that of u and o low.</summary>
    [Fact]
    public void The_loudness_lies_where_the_formants_are()
    {
        double Louder(string vowel, (int Low, int High) here, (int Low, int High) there) => Loudness(vowel, here) - Loudness(vowel, there);
        var (low, first, gap, second) = ((200, 400), (650, 950), (900, 1500), (2000, 2800));
        Assert.True(Louder("a", first, low) > Louder("i", first, low) + 6);
        Assert.True(Louder("a", first, low) > Louder("u", first, low) + 6);
        Assert.True(Louder("i", second, gap) > Louder("u", second, gap) + 10);
        Assert.True(Louder("i", second, gap) > Louder("o", second, gap) + 10);
        Assert.True(Louder("e", second, gap) > Louder("o", second, gap) + 6);
    }

    [Fact]
    public void Features_are_finite_and_all_vowels_come_equally_often()
    {
        var batch = Task.TestBatch(1000, 4);
        Assert.All(batch.Inputs.Span.ToArray(), value => Assert.InRange(value, -14, 12));
        var strays = 5 * Math.Sqrt(1000 * 0.2 * 0.8);
        Assert.All(Enumerable.Range(0, 5), vowel => Assert.InRange(batch.Labels!.Count(label => label == vowel), 200 - strays, 200 + strays));
    }

    [Fact]
    public void A_pure_tone_sounds_in_the_band_of_its_pitch()
    {
        var tone = Enumerable.Range(0, Task.SoundLength).Select(n => MathF.Sin(2 * MathF.PI * 1000 * n / FormantVowels.SampleRate)).ToArray();
        var features = Task.Features(tone);
        var mel = 2595 * Math.Log10(1 + (1000 / 700.0)) / (2595 * Math.Log10(1 + (4000 / 700.0))) * 17;
        Assert.Equal((int)Math.Round(mel) - 1, features.Slice(3).ToArray().Index().MaxBy(pair => pair.Item).Index);
        Assert.Contains("20 frames need 2688 samples", Assert.Throws<ArgumentException>(() => Task.Features(new float[5])).Message);
    }

    [Fact]
    public void The_task_can_be_learned_and_not_in_a_moment()
    {
        var random = new RandomSource(3);
        var model = new SequenceModel(new Gru(Task.InputSize, 24, random), new Linear(24, 5, random));
        var history = new Trainer(model, Task, new Adam(5e-3f)) { EvaluateEvery = 150, TestSize = 320 }.Run(150);
        Assert.InRange(history.Points[0].Accuracy, 0, 0.45);
        Assert.InRange(history.Last.Accuracy, 0.8, 1);
    }

    /// <summary>Mean power between two frequencies over some speakers, in decibel.</summary>
    private static double Loudness(string vowel, (int Low, int High) range)
    {
        var power = 0.0;
        for (var speaker = 0UL; speaker < 20; speaker++)
        {
            var sound = Task.Sound(FormantVowels.Vowels.ToList().IndexOf(vowel), new RandomSource(speaker));
            for (var f = range.Low; f <= range.High; f += 20)
            {
                var (re, im) = (0.0, 0.0);
                for (var n = 0; n < 1024; n++)
                {
                    var (sine, cosine) = Math.SinCos(2 * Math.PI * f * n / FormantVowels.SampleRate);
                    (re, im) = (re + (sound[n] * cosine), im + (sound[n] * sine));
                }

                power += ((re * re) + (im * im)) / (range.High - range.Low);
            }
        }

        return 10 * Math.Log10(power);
    }
}
