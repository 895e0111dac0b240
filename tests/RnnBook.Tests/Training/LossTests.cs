using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Tests;

public class LossTests
{
    [Fact]
    public void Mean_squared_error_is_PyTorchs()
    {
        var golden = TrainingGolden.Read("losses", "mse");
        var output = Tensor.From(golden.GetProperty("output").Floats(), 6, 3);
        var batch = new Batch(new Tensor(1, 6, 1), Tensor.From(golden.GetProperty("target").Floats(), 6, 3));
        AssertGolden(golden, new MeanSquaredError(), output, batch);
    }

    [Theory]
    [InlineData("cross-entropy", 6)]
    [InlineData("cross-entropy-ignored", 8)]
    public void Cross_entropy_is_PyTorchs(string name, int size)
    {
        var golden = TrainingGolden.Read("losses", name);
        var values = golden.GetProperty("output").Floats();
        var batch = Labelled([.. golden.GetProperty("target").Floats().Select(l => (int)l)]);
        AssertGolden(golden, new SoftmaxCrossEntropy(), Tensor.From(values, size, values.Length / size), batch);
    }

    /// <summary>
    /// Central differences of the textbook formula in double with h = 1e-5: truncation about h² = 1e-10, rounding about 1e-16 / h = 1e-11.
    /// The library's float32 gradient may differ by its own rounding, 1e-6 of the largest entry.
    /// </summary>
    [Fact]
    public void Gradients_equal_central_differences_in_double()
    {
        var random = new RandomSource(11);
        var output = Gaussian(random, 2, 3, 4);
        var targets = Gaussian(random, 2, 3, 4);
        var inputs = new Tensor(2, 3, 1);
        int[] labels = [0, 3, -1, 2, 2, 1];
        AssertDifferences(new MeanSquaredError(), output, new Batch(inputs, targets), o => SquaredError(o, targets));
        AssertDifferences(new SoftmaxCrossEntropy(), output, new Batch(inputs, labels), o => CrossEntropy(o, labels, 4));
    }

    [Fact]
    public void A_wrong_gradient_does_not_pass()
    {
        var random = new RandomSource(11);
        var targets = Gaussian(random, 2, 3);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertDifferences(
            new HalvedGradient(), Gaussian(random, 2, 3), new Batch(new Tensor(5, 2, 1), targets), o => SquaredError(o, targets)));
    }

    [Fact]
    public void Adding_a_constant_to_all_outputs_changes_no_cross_entropy_and_gradient_rows_sum_to_zero() => Check.QuickThrowOnFailure(
        Prop.ForAll<int, int>((seed, shift) =>
    {
        var random = new RandomSource((ulong)seed);
        var output = Gaussian(random, 5, 7);
        var batch = Labelled([0, 6, 3, 2, 2]);
        var gradient = new Tensor(5, 7);
        var loss = new SoftmaxCrossEntropy().Evaluate(output, batch, gradient);
        var sums = Enumerable.Range(0, 5).Max(i => Math.Abs(gradient.Slice(i).ToArray().Sum()));

        var added = shift % 8;
        for (var i = 0; i < output.Count; i++)
        {
            output.Span[i] += added;
        }

        return sums < 1e-6 && Math.Abs(new SoftmaxCrossEntropy().Evaluate(output, batch, null) - loss) < 1e-5;
    }));

    [Fact]
    public void Cross_entropy_does_not_overflow()
    {
        var gradient = new Tensor(2, 2);
        var loss = new SoftmaxCrossEntropy().Evaluate(Tensor.From([30000, -30000, 30000, -30000], 2, 2), Labelled([0, 1]), gradient);
        Assert.Equal(30000, loss);
        Assert.Equal([0f, 0f, 0.5f, -0.5f], gradient.Span.ToArray());
    }

    [Fact]
    public void The_loss_without_gradient_is_the_same()
    {
        var random = new RandomSource(2);
        var output = Gaussian(random, 4, 3);
        Assert.Equal(
            new SoftmaxCrossEntropy().Evaluate(output, Labelled([0, 1, 2, -1]), new Tensor(4, 3)),
            new SoftmaxCrossEntropy().Evaluate(output, Labelled([0, 1, 2, -1]), null));
    }

    [Fact]
    public void Accuracy_is_the_share_of_counted_answers_whose_label_has_the_largest_output()
    {
        var output = Tensor.From([1, 2, 5, 4, 0, 0, float.NaN, 1], 4, 2);
        Assert.Equal(0.5, new SoftmaxCrossEntropy().Accuracy(output, Labelled([1, 0, -1, -1])) * 0.5);
        Assert.Equal(1.0 / 3, new SoftmaxCrossEntropy().Accuracy(output, Labelled([1, 1, -1, 0])), 1e-12);
        Assert.True(double.IsNaN(new MeanSquaredError().Accuracy(output, new Batch(new Tensor(1, 4, 1), new Tensor(4, 2)))));
    }

    [Fact]
    public void Errors_name_what_does_not_fit()
    {
        var output = new Tensor(4, 3);
        AssertMessage("Label 3 at 1 is out of range: 0 to 2", () => new SoftmaxCrossEntropy().Evaluate(output, Labelled([0, 3, 0, 0]), null));
        AssertMessage("Label -2 at 0", () => new SoftmaxCrossEntropy().Evaluate(output, Labelled([-2, 0, 0, 0]), null));
        AssertMessage("all are −1", () => new SoftmaxCrossEntropy().Evaluate(output, Labelled([-1, -1, -1, -1]), null));
        AssertMessage("The output is [4×3], but [2×any] is needed", () => new SoftmaxCrossEntropy().Evaluate(output, Labelled([0, 1]), null));
        AssertMessage("batch has target values", () => new SoftmaxCrossEntropy().Evaluate(output, Valued(4, 3), null));
        AssertMessage("batch has labels", () => new MeanSquaredError().Evaluate(output, Labelled([0, 0, 0, 0]), null));
        AssertMessage("The targets is [4×2], but [4×3] is needed", () => new MeanSquaredError().Evaluate(output, Valued(4, 2), null));
        AssertMessage("gradient of the output is [3×4]", () => new MeanSquaredError().Evaluate(output, Valued(4, 3), new Tensor(3, 4)));
        AssertMessage("The batch is empty", () => new MeanSquaredError().Evaluate(new Tensor(0, 3), Valued(0, 3), null));
        AssertMessage("6 labels do not fit an output [3×2]", () =>
            new SoftmaxCrossEntropy().Evaluate(new Tensor(3, 2), new Batch(new Tensor(2, 3, 1), new int[6]), null));
    }

    [Fact]
    public void A_batch_refuses_parts_that_do_not_fit()
    {
        AssertMessage("5 labels do not fit inputs [2×3×1]: 3 or 6 are needed", () => new Batch(new Tensor(2, 3, 1), new int[5]));
        AssertMessage("The targets is [2×1], but [3×any]", () => new Batch(new Tensor(2, 3, 1), new Tensor(2, 1)));
        AssertMessage("The inputs is [3×1]", () => new Batch(new Tensor(3, 1), new int[3]));
    }

    private static void AssertMessage(string part, Func<object> action) => Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);

    private static Batch Labelled(int[] labels) => new(new Tensor(1, labels.Length, 1), labels);

    private static Batch Valued(int size, int outputs) => new(new Tensor(1, size, 1), new Tensor(size, outputs));

    private static Tensor Gaussian(RandomSource random, params ReadOnlySpan<int> shape)
    {
        var tensor = new Tensor(shape);
        foreach (ref var value in tensor.Span)
        {
            value = (float)random.NextGaussian();
        }

        return tensor;
    }

    private static void AssertGolden(System.Text.Json.JsonElement golden, Loss loss, Tensor output, Batch batch)
    {
        var gradient = new Tensor(output.Shape);
        gradient.Fill(float.NaN);
        Assert.InRange(loss.Evaluate(output, batch, gradient) / golden.GetProperty("loss").GetDouble(), 1 - 1e-6, 1 + 1e-6);
        TrainingGolden.AssertClose(golden.GetProperty("gradient").Floats(), gradient.Span, 1e-6, "gradient");
    }

    private static void AssertDifferences(Loss loss, Tensor output, Batch batch, Func<double[], double> formula)
    {
        const double h = 1e-5;
        var at = output.Span.ToArray().Select(o => (double)o).ToArray();
        var gradient = new Tensor(output.Shape);
        Assert.Equal(formula(at), loss.Evaluate(output, batch, gradient), 1e-6);

        var differences = new float[at.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var value = at[i];
            at[i] = value + h;
            var above = formula(at);
            at[i] = value - h;
            differences[i] = (float)((above - formula(at)) / (2 * h));
            at[i] = value;
        }

        TrainingGolden.AssertClose(differences, gradient.Span, 1e-6, "gradient");
    }

    private static double SquaredError(double[] o, Tensor targets) =>
        o.Zip(targets.Span.ToArray(), (a, y) => (a - y) * (a - y)).Average();

    private static double CrossEntropy(double[] o, int[] labels, int classes) => o.Chunk(classes).Zip(labels)
        .Where(answer => answer.Second >= 0)
        .Average(answer => Math.Log(answer.First.Sum(Math.Exp)) - answer.First[answer.Second]);

    /// <summary>Half of the true gradient: the mistake of a forgotten factor 2.</summary>
    private sealed class HalvedGradient : Loss
    {
        private readonly MeanSquaredError right = new();

        public override double Evaluate(Tensor output, Batch batch, Tensor? gradient)
        {
            var loss = right.Evaluate(output, batch, gradient);
            foreach (ref var g in gradient is null ? default : gradient.Span)
            {
                g /= 2;
            }

            return loss;
        }
    }
}
