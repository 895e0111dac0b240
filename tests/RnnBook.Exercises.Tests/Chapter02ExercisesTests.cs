using MathNet.Numerics.Distributions;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public sealed class Chapter02ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Solved("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v > 0 ? g : 0).ToArray());
        Solved("02.2", (double sparsity, double sigma) => -sigma * Normal.InvCDF(0, 1, sparsity));
        Solved("02.3", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + (alpha * alpha)) * inputs)));
        Solved("02.4", (double[][] matrix) => Compress(matrix));
    }

    [Fact]
    public void Mask_by_the_gradient() => Wrong("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v > 0 || g < 0 ? g : 0).ToArray(), "not that of the gradient");

    [Fact]
    public void Gradient_bent_itself() => Wrong("02.1", (double[] a, double[] dh) => dh.Select(g => Math.Max(0, g)).ToArray(), "negative gradient");

    [Fact]
    public void Slope_one_at_the_kink() => Wrong("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v >= 0 ? g : 0).ToArray(), "kink");

    [Fact]
    public void Gradient_in_place() => Wrong("02.1", (double[] a, double[] dh) =>
    {
        for (var i = 0; i < a.Length; i++)
        {
            dh[i] = a[i] > 0 ? dh[i] : 0;
        }

        return dh;
    }, "changed");

    [Fact]
    public void Bias_of_the_wrong_sign() => Wrong("02.2", (double sparsity, double sigma) => sigma * Normal.InvCDF(0, 1, sparsity), "sign");

    [Fact]
    public void Bias_without_the_spread() => Wrong("02.2", (double sparsity, double sigma) => -Normal.InvCDF(0, 1, sparsity), "where does σ");

    [Fact]
    public void Bias_on_a_line() => Wrong("02.2", (double sparsity, double sigma) => sigma * (1 - (2 * sparsity)), "was asked for");

    [Fact]
    public void Start_of_plain_relu() => Wrong("02.3", (int inputs, double alpha) => Math.Sqrt(2.0 / inputs), "no bend");

    [Fact]
    public void Start_that_forgets_the_square() => Wrong("02.3", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + alpha) * inputs)), "α = −1");

    [Fact]
    public void Start_of_glorot() => Wrong("02.3", (int inputs, double alpha) => Math.Sqrt(1.0 / inputs), "He's");

    [Fact]
    public void Rows_without_their_end() => Wrong("02.4", (double[][] matrix) =>
    {
        var (values, columns, starts) = Compress(matrix);
        return (values, columns, starts[..^1]);
    }, "end of the last row");

    [Fact]
    public void Columns_counted_through_the_matrix() => Wrong("02.4", (double[][] matrix) =>
    {
        var (values, columns, starts) = Compress(matrix);
        for (var r = 0; r < matrix.Length; r++)
        {
            for (var k = starts[r]; k < starts[r + 1]; k++)
            {
                columns[k] += r * matrix[r].Length;
            }
        }

        return (values, columns, starts);
    }, "start of the row");

    [Fact]
    public void Only_positive_values_kept() => Wrong("02.4", (double[][] matrix) => Compress([.. matrix.Select(row => row.Select(v => v > 0 ? v : 0).ToArray())]), "unpacks");

    [Fact]
    public void Zeros_kept() => Wrong("02.4", (double[][] matrix) =>
        (matrix.SelectMany(row => row).ToArray(), matrix.SelectMany(row => row.Select((_, j) => j)).ToArray(), Enumerable.Range(0, matrix.Length + 1).Select(r => r * (matrix.Length == 0 ? 0 : matrix[0].Length)).ToArray()), "zero was stored");

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("02.1", (double[] a, double[] dh) => (double[])null!, "No answer yet");
        Wrong("02.2", (double sparsity, double sigma) => double.NaN, "No answer yet");
        Wrong("02.3", (int inputs, double alpha) => double.NaN, "No answer yet");
        Wrong("02.4", (double[][] matrix) => ((double[])null!, (int[])null!, (int[])null!), "No answer yet");
    }

    private static (double[] Values, int[] Columns, int[] Starts) Compress(double[][] matrix)
    {
        var (values, columns, starts) = (new List<double>(), new List<int>(), new List<int> { 0 });
        foreach (var row in matrix)
        {
            for (var j = 0; j < row.Length; j++)
            {
                if (row[j] != 0)
                {
                    values.Add(row[j]);
                    columns.Add(j);
                }
            }

            starts.Add(values.Count);
        }

        return ([.. values], [.. columns], [.. starts]);
    }
}
