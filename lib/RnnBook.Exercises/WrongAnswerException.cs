namespace RnnBook;

/// <summary>An answer that misses; the message tells the reader what, without giving the answer away.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);

/// <summary>The judge's questions.</summary>
internal static class Expect
{
    /// <summary>Goes on only if the condition holds.</summary>
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new WrongAnswerException(otherwise);
        }
    }

    /// <summary>Goes on only if the value is the expected one to within a relative (below 1: absolute) tolerance; NaN: nothing was answered yet.</summary>
    public static void Close(double actual, double expected, double tolerance, string otherwise)
    {
        That(!double.IsNaN(actual) || double.IsNaN(expected), "No answer yet: the result is NaN (not a number).");
        That(actual.Equals(expected) || Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), otherwise);
    }
}
