using System.Numerics;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Whether a gradient is that of its function: compares it with central differences, (f(x + h) − f(x − h)) / 2h, one number after
/// the other. A right formula agrees to many digits, a wrong one in the first or second.
/// </summary>
/// <remarks>
/// The step balances two errors. Cutting the Taylor series costs about h²/6·f‴, rounding f to a relative ε costs ε·|f|/h. They are
/// equal near h = ∛(3ε): 9e-6 in double (ε = 2.2e-16), which leaves ten digits; 7e-3 where f is computed in float (ε = 1.2e-7),
/// which leaves about four. Where a step crosses a kink, as of ReLU, the difference is wrong, not the gradient.
/// </remarks>
/// <param name="Error">Largest difference, in units of the largest entry of the parameter in which it was found.</param>
/// <param name="Worst">Where it was found: "rnn.weight_hh_l0[3, 7]".</param>
/// <param name="Gradient">The gradient there.</param>
/// <param name="Difference">The central difference there.</param>
/// <param name="Count">How many numbers were compared.</param>
public sealed record GradientCheck(double Error, string Worst, double Gradient, double Difference, int Count)
{
    /// <summary>∛(3ε) for a function computed in double.</summary>
    public const double DoubleStep = 9e-6;

    /// <summary>∛(3ε) for a function computed in float.</summary>
    public const float FloatStep = 7e-3f;

    /// <summary>How many digits agree: −log₁₀ of the error.</summary>
    public double Digits => -Math.Log10(Error);

    /// <summary>Checks back-propagation through a model, all parameters or some numbers of each.</summary>
    /// <param name="model">The model; its gradients are set anew, its weights are the same afterwards.</param>
    /// <param name="batch">Inputs and what to answer.</param>
    /// <param name="loss">How far off an answer is.</param>
    /// <param name="perParameter">At most so many numbers of a parameter, evenly spread; each takes two forward passes.</param>
    /// <param name="step">h, above 0.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static GradientCheck Measure(IModel model, Batch batch, Loss loss, int perParameter = int.MaxValue, float step = FloatStep)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        model.LossAndGradients(batch, loss);
        return Measure(model.Parameters, () => loss.Evaluate(model.Forward(batch), batch, null), perParameter, step);
    }

    /// <summary>Checks the gradients that some parameters hold.</summary>
    /// <param name="parameters">Values and gradients; the values are the same afterwards.</param>
    /// <param name="loss">Computes the loss from the parameters as they are; must leave the gradients alone.</param>
    /// <param name="perParameter">At most so many numbers of a parameter, evenly spread.</param>
    /// <param name="step">h, above 0.</param>
    public static GradientCheck Measure(
        IReadOnlyList<Parameter> parameters, Func<double> loss, int perParameter = int.MaxValue, float step = FloatStep)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perParameter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var result = new GradientCheck(0, "nothing", 0, 0, 0);
        foreach (var parameter in parameters)
        {
            var (values, gradients) = (parameter.Value, parameter.Gradient);
            var count = Math.Min(perParameter, values.Count);
            int[] at = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * values.Count / count))];
            result = result.With(
                [.. at.Select(i => CentralDifference(loss, ref values.Span[i], step))],
                [.. at.Select(i => (double)gradients.Span[i])],
                i => parameter.Name + values.IndexText(at[i]));
        }

        return result;
    }

    /// <summary>Checks a gradient in double.</summary>
    /// <param name="function">f.</param>
    /// <param name="point">x; the same afterwards.</param>
    /// <param name="gradient">What is said to be ∂f/∂x.</param>
    /// <param name="step">h, above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static GradientCheck Measure(
        Func<double[], double> function, double[] point, IReadOnlyList<double> gradient, double step = DoubleStep)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(gradient);
        return point.Length == gradient.Count
            ? new GradientCheck(0, "nothing", 0, 0, 0).With(Differences(function, point, step), gradient, i => $"x[{i}]")
            : throw new ArgumentException($"There are {point.Length} numbers, but {gradient.Count} derivatives.", nameof(gradient));
    }

    /// <summary>∂f/∂x by central differences in double, with a step h above 0; the point x is the same afterwards.</summary>
    public static double[] Differences(Func<double[], double> function, double[] point, double step = DoubleStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(point);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return [.. point.Select((_, i) => CentralDifference(() => function(point), ref point[i], step))];
    }

    /// <inheritdoc/>
    public override string ToString() => Error == 0
        ? $"all {Count} numbers agree exactly"
        : Invariant($"{Digits:F1} digits over {Count} numbers; worst {Worst}: gradient {Gradient:G6}, difference {Difference:G6}");

    /// <summary>The slope of f between x + h and x − h as they are after rounding.</summary>
    private static double CentralDifference<T>(Func<double> f, ref T x, T step)
        where T : INumber<T>
    {
        var (middle, high, low) = (x, x + step, x - step);
        x = high;
        var above = f();
        x = low;
        var below = f();
        x = middle;
        return (above - below) / (double.CreateChecked(high) - double.CreateChecked(low));
    }

    /// <summary>The same with some more numbers compared.</summary>
    private GradientCheck With(double[] differences, IReadOnlyList<double> gradients, Func<int, string> where)
    {
        var scale = differences.Concat(gradients).Select(Math.Abs).Append(0).Max();
        var result = this with { Count = Count + differences.Length };
        for (var i = 0; i < differences.Length; i++)
        {
            // Not a number is as wrong as can be.
            var gap = Math.Abs(differences[i] - gradients[i]);
            var error = gap == 0 ? 0 : double.IsFinite(gap) ? gap / scale : double.PositiveInfinity;
            if (error > result.Error)
            {
                result = new GradientCheck(error, where(i), gradients[i], differences[i], result.Count);
            }
        }

        return result;
    }
}
