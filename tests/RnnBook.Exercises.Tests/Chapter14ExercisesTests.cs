using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter14ExercisesTests
{
    [Fact]
    public void A_matrix_is_compressed() => Solved("14.1", (double[][] matrix) => Compress(matrix));

    [Fact]
    public void Rows_without_their_end() => Wrong("14.1", (double[][] matrix) =>
    {
        var (values, columns, starts) = Compress(matrix);
        return (values, columns, starts[..^1]);
    }, "end of the last row");

    [Fact]
    public void Columns_counted_through_the_matrix() => Wrong("14.1", (double[][] matrix) =>
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
    public void Only_positive_values_kept() =>
        Wrong("14.1", (double[][] matrix) => Compress([.. matrix.Select(row => row.Select(v => v > 0 ? v : 0).ToArray())]), "unpacks");

    [Fact]
    public void Zeros_kept() => Wrong("14.1", (double[][] matrix) => (
        matrix.SelectMany(row => row).ToArray(),
        matrix.SelectMany(row => row.Select((_, j) => j)).ToArray(),
        Enumerable.Range(0, matrix.Length + 1).Select(r => r * (matrix.Length == 0 ? 0 : matrix[0].Length)).ToArray()), "zero was stored");

    [Fact]
    public void The_rest_of_the_time_stays() => Solved("14.2", (double s, double k) => 1 / (1 - s + (s / k)));

    [Fact]
    public void A_speed_up_is_no_mean() => Wrong("14.2", (double s, double k) => 1 - s + (s * k), "not more");

    [Fact]
    public void The_new_time_is_no_speed_up() => Wrong("14.2", (double s, double k) => 1 - s + (s / k), "of the whole");

    [Fact]
    public void A_scale_for_all_and_the_nearest_step() => Solved("14.3", (double[] weights) => Rounded(weights, Math.Round, 127));

    [Fact]
    public void Cutting_off_is_not_rounding() =>
        Wrong("14.3", (double[] weights) => Rounded(weights, Math.Truncate, 127), "to the nearest");

    [Fact]
    public void Half_of_the_range_is_not_all() => Wrong("14.3", (double[] weights) => Rounded(weights, Math.Round, 63), "range");

    [Fact]
    public void A_row_of_zeros_has_no_scale() => Wrong("14.3", (double[] weights) =>
    {
        var scale = weights.Max(Math.Abs) / 127;
        return (weights.Select(w => checked((sbyte)Math.Round(w / scale))).ToArray(), scale);
    }, "threw OverflowException");

    [Fact]
    public void Pruning_little_by_little_keeps_the_accuracy() =>
        Solved("14.4", (FeedForward net) => Train(net, 1500, update => Math.Max(0.075, 1 - (update / 1000.0))));

    [Fact]
    public void Pruning_at_once_loses_it() => Wrong("14.4", (FeedForward net) => Prune(net, 0.05), "fell from");

    [Fact]
    public void A_half_is_no_tenth() => Wrong("14.4", (FeedForward net) => Prune(net, 0.5), "asked for");

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("14.1", (double[][] matrix) => ((double[])null!, (int[])null!, (int[])null!), "No answer yet");
        Wrong("14.2", (double s, double k) => double.NaN, "No answer yet");
        Wrong("14.3", (double[] weights) => ((sbyte[])null!, double.NaN), "No answer yet");
        Wrong("14.4", (FeedForward net) => { }, "No weight is 0 yet");
    }

    private static (sbyte[] Steps, double Scale) Rounded(double[] weights, Func<double, double> round, int largest)
    {
        var scale = weights.Max(Math.Abs) / largest;
        return (weights.Select(w => scale > 0 ? (sbyte)round(w / scale) : (sbyte)0).ToArray(), scale);
    }

    /// <summary>Trains on while fewer and fewer weights of the first layer stay, and half of the last.</summary>
    private static void Train(FeedForward net, int updates, Func<int, double> kept)
    {
        var (task, draws, adam) = (new StrokeDigits(14, pixelsPerStep: 196), new RandomSource(5), new Adam(1e-3f));
        var batch = task.NewBatch(32);
        for (var update = 0; update < updates; update++)
        {
            task.Fill(batch, draws);
            net.LossAndGradients(batch, task.Loss);
            adam.Step(net.Parameters);
            WeightCompression.Prune(net.Layers[0].Weight.Value, kept(update));
            WeightCompression.Prune(net.Layers[1].Weight.Value, Math.Max(0.5, kept(update)));
        }
    }

    private static void Prune(FeedForward net, double kept)
    {
        foreach (var layer in net.Layers)
        {
            WeightCompression.Prune(layer.Weight.Value, kept);
        }
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
