using RnnBook.Figures;

namespace RnnBook.Tests;

/// <summary>Contrast by WCAG 2, colour-vision deficiency by Machado, Oliveira and Fernandes (2009), differences in CIE L*a*b*.</summary>
public class PaletteTests
{
    private static readonly double[][,] Visions =
    [
        new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    ];

    [Fact]
    public void Every_colour_stands_out_on_white_and_on_dark()
    {
        foreach (var color in Palette.Colors.Append(Palette.Neutral))
        {
            Assert.True(Contrast(color, "#FFFFFF") > 2.6, $"{color} on white: {Contrast(color, "#FFFFFF"):F2}");
            Assert.True(Contrast(color, "#1B1E24") > 3.3, $"{color} on dark: {Contrast(color, "#1B1E24"):F2}");
        }
    }

    [Fact]
    public void Any_two_colours_stay_apart_for_every_kind_of_colour_vision()
    {
        foreach (var vision in Visions)
        {
            for (var i = 0; i < Palette.Colors.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var distance = Distance(Lab(See(vision, Linear(Palette.Colors[i]))), Lab(See(vision, Linear(Palette.Colors[j]))));
                    Assert.True(distance > 13, $"{Palette.Colors[i]} and {Palette.Colors[j]} differ by {distance:F1} only");
                }
            }
        }
    }

    private static double[] Linear(string color) => [.. Enumerable.Range(0, 3).Select(i =>
    {
        var c = Convert.ToInt32(color.Substring(1 + (2 * i), 2), 16) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    })];

    private static double Luminance(double[] rgb) => (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(Linear(a)) + 0.05, Luminance(Linear(b)) + 0.05);
        return Math.Max(x, y) / Math.Min(x, y);
    }

    private static double[] See(double[,] vision, double[] rgb) => [.. Enumerable.Range(0, 3).Select(
        i => Math.Clamp((vision[i, 0] * rgb[0]) + (vision[i, 1] * rgb[1]) + (vision[i, 2] * rgb[2]), 0, 1))];

    private static double[] Lab(double[] rgb)
    {
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);
        var x = F(((0.4124 * rgb[0]) + (0.3576 * rgb[1]) + (0.1805 * rgb[2])) / 0.9505);
        var y = F(Luminance(rgb));
        var z = F(((0.0193 * rgb[0]) + (0.1192 * rgb[1]) + (0.9505 * rgb[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
}
