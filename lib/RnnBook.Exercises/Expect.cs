using System.Diagnostics.CodeAnalysis;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>The judge's questions: each goes on only if it is answered well, else the reader gets its words.</summary>
internal static class Expect
{
    /// <summary>The condition holds.</summary>
    public static void That([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new WrongAnswerException(otherwise);
        }
    }

    /// <summary>There is a number; NaN is what an untouched stub returns.</summary>
    public static void Number(double actual) => That(!double.IsNaN(actual), "No answer yet: the result is NaN (not a number).");

    /// <summary>The number is the expected one to within a relative (below 1: absolute) tolerance.</summary>
    public static void Close(double actual, double expected, double tolerance, string otherwise)
    {
        Number(actual);
        That(actual.Equals(expected) || Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), otherwise);
    }

    /// <summary>There is a matrix of this size, and its entries are numbers.</summary>
    /// <param name="actual">What the reader's code returned.</param>
    /// <param name="rows">How many rows it must have.</param>
    /// <param name="columns">How many columns it must have.</param>
    /// <param name="why">Why this size, such as "for 5 units".</param>
    public static void Matrix([NotNull] Matrix<double>? actual, int rows, int columns, string why)
    {
        That(
            actual is not null && actual.RowCount == rows && actual.ColumnCount == columns,
            $"No answer yet: {why} a {rows}×{columns} matrix is needed.");
        That(actual.ForAll(double.IsFinite), "No answer yet: the matrix has entries that are not numbers.");
    }
}
