namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public class Chapter00ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Assert.True(Exercise.Check("00.1", (double w, int n) => Enumerable.Repeat(w, n).Aggregate(1.0, (product, v) => product * v)).IsSolved);
        Assert.True(Exercise.Check("00.2", (double w) => Math.Ceiling(Math.Log(0.5) / Math.Log(w))).IsSolved);
        Assert.True(Exercise.Check("00.3", Times).IsSolved);
    }

    [Fact]
    public void Power_that_starts_from_w_counts_a_step_too_many() =>
        Refuses("one step", Exercise.Check("00.1", (double w, int n) => Math.Pow(w, n + 1)));

    [Fact]
    public void Power_that_multiplies_instead() =>
        Refuses("No step", Exercise.Check("00.1", (double w, int n) => n == 1 ? w : w * n));

    [Fact]
    public void Half_without_rounding() => Refuses("whole", Exercise.Check("00.2", (double w) => Math.Log(0.5) / Math.Log(w)));

    [Fact]
    public void Half_rounded_down() => Refuses("more than one half", Exercise.Check("00.2", (double w) => Math.Floor(Math.Log(0.5) / Math.Log(w))));

    [Fact]
    public void Half_a_step_late() => Refuses("smallest", Exercise.Check("00.2", (double w) => Math.Ceiling(Math.Log(0.5) / Math.Log(w)) + 1));

    [Fact]
    public void Product_with_the_transpose() => Refuses("rows and columns", Exercise.Check("00.3", (double[,] w, double[] h) =>
    {
        var turned = new double[w.GetLength(1), w.GetLength(0)];
        for (var i = 0; i < w.GetLength(0); i++)
        {
            for (var j = 0; j < w.GetLength(1); j++)
            {
                turned[j, i] = w[i, j];
            }
        }

        return Times(turned, h);
    }));

    [Fact]
    public void Product_as_long_as_its_input() => Refuses("gives 2 numbers, not 3", Exercise.Check("00.3", (double[,] w, double[] h) =>
        Times(w, h).Concat(new double[h.Length]).Take(h.Length).ToArray()));

    [Fact]
    public void Product_element_by_element() => Refuses("rows and columns", Exercise.Check("00.3", (double[,] w, double[] h) =>
        h.Select((v, i) => w[i, i] * v).ToArray()));

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Refuses("No answer yet", Exercise.Check("00.2", (double w) => double.NaN));
        Refuses("No answer yet", Exercise.Check("00.3", (double[,] w, double[] h) => Array.Empty<double>()));
    }

    private static double[] Times(double[,] w, double[] h)
    {
        var a = new double[w.GetLength(0)];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < w.GetLength(1); j++)
            {
                a[i] += w[i, j] * h[j];
            }
        }

        return a;
    }

    private static void Refuses(string word, ExerciseResult result)
    {
        Assert.False(result.IsSolved);
        Assert.Contains(word, result.Message, StringComparison.Ordinal);
    }
}
