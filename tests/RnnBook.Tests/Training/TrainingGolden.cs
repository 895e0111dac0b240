using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>What PyTorch computed (make_golden.py), and how closely numbers must agree with it.</summary>
internal static class TrainingGolden
{
    public static JsonElement Read(string section, string name) => Root().GetProperty(section).GetProperty(name);

    public static IEnumerable<JsonElement> Clips() => Root().GetProperty("clips").EnumerateArray();

    public static float[] Floats(this JsonElement numbers) => [.. numbers.EnumerateArray().Select(n => (float)n.GetDouble())];

    /// <summary>Largest difference in units of the largest entry: how far a float32 computation may stray.</summary>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = 0.0;
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            worst = Math.Max(worst, Math.Abs((double)expected[i] - actual[i]));
        }

        Assert.True(worst <= tolerance * scale, $"{what}: off by {worst / scale:G3} of the largest entry");
    }

    private static JsonElement Root()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Training", "training.golden.json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }
}
