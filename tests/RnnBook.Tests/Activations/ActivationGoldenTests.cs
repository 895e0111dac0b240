using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>Values and derivatives against PyTorch and against 60-digit arithmetic (make_golden.py).</summary>
public class ActivationGoldenTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Activations", "activations.golden.json"))).RootElement;

    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    [Fact]
    public void There_are_ten_activations_each_with_its_reference_values()
    {
        Assert.Equal(10, Activation.All.Count);
        Assert.Equal(Golden.EnumerateObject().Select(o => o.Name).Order(), Activation.All.Select(f => f.Name).Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void Agree_with_PyTorch_to_rounding(string name)
    {
        // PyTorch's own derivatives cancel far from 0, so an absolute bound of a few roundings of 1 goes with the relative one.
        ForEach(name, "torch_value", (f, x) => f.Value(x), (expected, actual) =>
            Math.Abs(expected - actual) <= 1e-15 + (1e-14 * Math.Abs(expected)));
        ForEach(name, "torch_derivative", (f, x) => f.Derivative(x), (expected, actual) =>
            Math.Abs(expected - actual) <= 1e-15 + (1e-14 * Math.Abs(expected)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Have_fourteen_digits_and_thirteen_in_the_slope(string name)
    {
        // GELU's and Swish's slopes cross 0 beside two of the points, and their far tails amplify the rounding of x².
        ForEach(name, "exact_value", (f, x) => f.Value(x), (expected, actual) => Digits(expected, actual) >= (name == "GELU" ? 12.5 : 14));
        ForEach(name, "exact_derivative", (f, x) => f.Derivative(x), (expected, actual) => Digits(expected, actual) >= (name == "GELU" ? 12.5 : 13));
    }

    [Theory, MemberData(nameof(Names))]
    public void Float_scalars_are_the_rounded_doubles(string name)
    {
        var f = Find(name);
        foreach (var x in Points(name, "x"))
        {
            Assert.Equal((float)f.Value((double)(float)x), f.Value((float)x));
            Assert.Equal((float)f.Derivative((double)(float)x), f.Derivative((float)x));
        }
    }

    [Fact]
    public void Counting_digits_notices_a_wrong_one()
    {
        Assert.Equal(0, Digits(1, 3));
        Assert.InRange(Digits(2, 2.002), 2.9, 3.1);
        Assert.Equal(17, Digits(0.1, 0.1));
        Assert.Equal(0, Digits(0, 1e-300));
        Assert.Equal(0, Digits(1, double.NaN));
    }

    internal static Activation Find(string name) => Activation.All.Single(f => f.Name == name);

    private static void ForEach(string name, string column, Func<Activation, double, double> compute, Func<double, double, bool> agree)
    {
        var f = Find(name);
        var (points, expected) = (Points(name, "x"), Points(name, column));
        for (var i = 0; i < points.Length; i++)
        {
            var actual = compute(f, points[i]);
            Assert.True(agree(expected[i], actual), $"{name} at {points[i]:R}: {actual:R}, but {column} is {expected[i]:R}");
        }
    }

    private static double[] Points(string name, string column) =>
        [.. Golden.GetProperty(name).GetProperty(column).EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>How many decimal digits agree, 17 for the same number.</summary>
    private static double Digits(double expected, double actual)
    {
        if (expected == actual)
        {
            return 17;
        }

        var error = Math.Abs(actual - expected) / Math.Abs(expected);
        return error < 1 ? -Math.Log10(error) : 0;
    }
}
