namespace RnnBook.Tests;

/// <summary>
/// How closely float results must agree with double ones: 1e-5 of the largest entry. A sum of n products of size 1 carries a rounding
/// error of about √n·6e-8; through some tens of steps whose factors are near 1 that grows to a few 1e-6. A wrong derivative, bias or
/// index shows in the first or second digit.
/// </summary>
internal static class Close
{
    public const double Tolerance = 1e-5;

    public static void Assert(Tensor expected, Tensor actual, string what)
    {
        actual.RequireShape(what, expected.Shape);
        Xunit.Assert.True(Error(expected.Span, actual.Span) <= Tolerance, $"{what} is off by {Error(expected.Span, actual.Span):G3} of its largest entry.");
    }

    /// <summary>Largest difference over largest entry; infinite if anything is not a number.</summary>
    public static double Error(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (largest, worst) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!float.IsFinite(actual[i]))
            {
                return double.PositiveInfinity;
            }

            largest = Math.Max(largest, Math.Abs((double)expected[i]));
            worst = Math.Max(worst, Math.Abs((double)expected[i] - actual[i]));
        }

        return worst == 0 ? 0 : worst / largest;
    }
}
