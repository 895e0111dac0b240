using MathNet.Numerics.Distributions;

namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public class Chapter02ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Assert.True(Exercise.Check("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v > 0 ? g : 0).ToArray()).IsSolved);
        Assert.True(Exercise.Check("02.2", (double sparsity, double sigma) => -sigma * Normal.InvCDF(0, 1, sparsity)).IsSolved);
        Assert.True(Exercise.Check("02.3", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + (alpha * alpha)) * inputs))).IsSolved);
        Assert.True(Exercise.Check("02.4", (double[][] matrix) => Compress(matrix)).IsSolved);
    }

    [Fact]
    public void Mask_by_the_gradient() => Refuses("not that of the gradient", Exercise.Check("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v > 0 || g < 0 ? g : 0).ToArray()));

    [Fact]
    public void Gradient_bent_itself() => Refuses("negative gradient", Exercise.Check("02.1", (double[] a, double[] dh) => dh.Select(g => Math.Max(0, g)).ToArray()));

    [Fact]
    public void Slope_one_at_the_kink() => Refuses("kink", Exercise.Check("02.1", (double[] a, double[] dh) => a.Zip(dh, (v, g) => v >= 0 ? g : 0).ToArray()));

    [Fact]
    public void Gradient_in_place() => Refuses("changed", Exercise.Check("02.1", (double[] a, double[] dh) =>
    {
        for (var i = 0; i < a.Length; i++)
        {
            dh[i] = a[i] > 0 ? dh[i] : 0;
        }

        return dh;
    }));

    [Fact]
    public void Bias_of_the_wrong_sign() => Refuses("sign", Exercise.Check("02.2", (double sparsity, double sigma) => sigma * Normal.InvCDF(0, 1, sparsity)));

    [Fact]
    public void Bias_without_the_spread() => Refuses("where does σ", Exercise.Check("02.2", (double sparsity, double sigma) => -Normal.InvCDF(0, 1, sparsity)));

    [Fact]
    public void Bias_on_a_line() => Refuses("was asked for", Exercise.Check("02.2", (double sparsity, double sigma) => sigma * (1 - (2 * sparsity))));

    [Fact]
    public void Start_of_plain_relu() => Refuses("no bend", Exercise.Check("02.3", (int inputs, double alpha) => Math.Sqrt(2.0 / inputs)));

    [Fact]
    public void Start_that_forgets_the_square() => Refuses("α = −1", Exercise.Check("02.3", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + alpha) * inputs))));

    [Fact]
    public void Start_of_glorot() => Refuses("He's", Exercise.Check("02.3", (int inputs, double alpha) => Math.Sqrt(1.0 / inputs)));

    [Fact]
    public void Rows_without_their_end() => Refuses("end of the last row", Exercise.Check("02.4", (double[][] matrix) =>
    {
        var (values, columns, starts) = Compress(matrix);
        return (values, columns, starts[..^1]);
    }));

    [Fact]
    public void Columns_counted_through_the_matrix() => Refuses("start of the row", Exercise.Check("02.4", (double[][] matrix) =>
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
    }));

    [Fact]
    public void Only_positive_values_kept() => Refuses("unpacks", Exercise.Check("02.4", (double[][] matrix) => Compress([.. matrix.Select(row => row.Select(v => v > 0 ? v : 0).ToArray())])));

    [Fact]
    public void Zeros_kept() => Refuses("zero was stored", Exercise.Check("02.4", (double[][] matrix) =>
        (matrix.SelectMany(row => row).ToArray(), matrix.SelectMany(row => row.Select((_, j) => j)).ToArray(), Enumerable.Range(0, matrix.Length + 1).Select(r => r * (matrix.Length == 0 ? 0 : matrix[0].Length)).ToArray())));

    [Theory]
    [InlineData("02.1")]
    [InlineData("02.4")]
    public void Untouched_stubs_are_told_apart_from_wrong_answers(string id) => Refuses("No answer yet", id == "02.1"
        ? Exercise.Check(id, (double[] a, double[] dh) => (double[])null!)
        : Exercise.Check(id, (double[][] matrix) => ((double[])null!, (int[])null!, (int[])null!)));

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

    private static void Refuses(string word, ExerciseResult result)
    {
        Assert.False(result.IsSolved);
        Assert.Contains(word, result.Message, StringComparison.Ordinal);
    }
}
