using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>
/// How a later step of a plain recurrent layer depends on an earlier one: analytic, in double, with the masks f′ that the real
/// inputs give. Time steps count from 1, h_0 is the initial state.
/// </summary>
/// <remarks>
/// Two chains describe the same network. For states, ∂h_t/∂h_{t−1} = diag(f′(net_t))·W; for pre-activations,
/// ∂net_t/∂net_{t−1} = W·diag(f′(net_{t−1})). From step m to step n either product has n − m factors W.
/// </remarks>
public static class Jacobian
{
    /// <summary>∂h_t/∂h_{t−1} at a state and an input of one's choice, [H, H].</summary>
    /// <param name="rnn">The layer.</param>
    /// <param name="previous">h_{t−1}, H elements.</param>
    /// <param name="x">x_t, I elements.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Matrix<double> Step(Rnn rnn, Vector<double> previous, Vector<double> x)
    {
        var recurrence = new StateRecurrence(rnn);
        return recurrence.StateJacobian(recurrence.Net(previous, x));
    }

    /// <summary>∂h_t/∂h_{t−1} on a path, [H, H].</summary>
    /// <param name="path">The path.</param>
    /// <param name="t">1 to T.</param>
    public static Matrix<double> OfState(StateTrajectory path, int t)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Recurrence.StateJacobian(path.Net(t));
    }

    /// <summary>∂net_t/∂net_{t−1} on a path, [H, H].</summary>
    /// <param name="path">The path of a layer that is not residual.</param>
    /// <param name="t">2 to T.</param>
    public static Matrix<double> OfNet(StateTrajectory path, int t)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Recurrence.NetJacobian(path.Net(t - 1));
    }

    /// <summary>The factors ∂h_{from+1}/∂h_from, …, ∂h_to/∂h_{to−1}, for <see cref="MatrixProduct"/>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="from">0 to T.</param>
    /// <param name="to"><paramref name="from"/> to T.</param>
    public static IEnumerable<Matrix<double>> StateFactors(StateTrajectory path, int from, int to) =>
        Steps(path, from, to, first: 0).Select(t => OfState(path, t));

    /// <summary>The factors ∂net_{from+1}/∂net_from, …, ∂net_to/∂net_{to−1}, for <see cref="MatrixProduct"/>.</summary>
    /// <param name="path">The path of a layer that is not residual.</param>
    /// <param name="from">1 to T.</param>
    /// <param name="to"><paramref name="from"/> to T.</param>
    public static IEnumerable<Matrix<double>> NetFactors(StateTrajectory path, int from, int to) =>
        Steps(path, from, to, first: 1).Select(t => OfNet(path, t));

    /// <summary>∂h_to/∂h_from, [H, H]: the product of to − from factors, I if there is none.</summary>
    /// <param name="path">The path.</param>
    /// <param name="from">0 to T.</param>
    /// <param name="to"><paramref name="from"/> to T.</param>
    public static Matrix<double> StateProduct(StateTrajectory path, int from, int to) =>
        StateFactors(path, from, to).Aggregate(Identity(path), (product, factor) => factor * product);

    /// <summary>∂net_to/∂net_from, [H, H]: the product of to − from factors, I if there is none.</summary>
    /// <param name="path">The path of a layer that is not residual.</param>
    /// <param name="from">1 to T.</param>
    /// <param name="to"><paramref name="from"/> to T.</param>
    public static Matrix<double> NetProduct(StateTrajectory path, int from, int to) =>
        NetFactors(path, from, to).Aggregate(Identity(path), (product, factor) => factor * product);

    /// <summary>∂h_to/∂h_from for the first sequence of a batch, from a zero initial state, [H, H].</summary>
    /// <param name="rnn">The layer.</param>
    /// <param name="x">Inputs, [T, B, I].</param>
    /// <param name="from">0 to T.</param>
    /// <param name="to"><paramref name="from"/> to T.</param>
    public static Matrix<double> Product(Rnn rnn, Tensor x, int from, int to) => StateProduct(new StateTrajectory(rnn, x), from, to);

    /// <summary>The Jacobian of any function by central differences, [outputs, inputs]: to check the analytic ones.</summary>
    /// <remarks>
    /// (f(x + h) − f(x − h))/2h is off by h²·|f‴|/6 and, through rounding, by ε·|f|/h. The step h = ∛ε·max(1, |x|), about 6e-6, makes
    /// both about 4e-11. Across a kink it gives the mean of the two slopes.
    /// </remarks>
    /// <param name="function">From n inputs to m outputs.</param>
    /// <param name="at">Where, n elements.</param>
    public static Matrix<double> Numerical(Func<Vector<double>, Vector<double>> function, Vector<double> at)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(at);
        var columns = new List<Vector<double>>();
        for (var j = 0; j < at.Count; j++)
        {
            var (above, below) = (at.Clone(), at.Clone());
            var step = Math.Cbrt(double.BitIncrement(1) - 1) * Math.Max(1, Math.Abs(at[j]));
            above[j] += step;
            below[j] -= step;
            columns.Add((function(above) - function(below)) / (above[j] - below[j]));
        }

        return Matrix<double>.Build.DenseOfColumnVectors(columns);
    }

    private static IEnumerable<int> Steps(StateTrajectory path, int from, int to, int first)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (from < first || to < from || to > path.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(to), $"Steps {from} to {to} do not lie within {first} to {path.Length}, or run backwards.");
        }

        return Enumerable.Range(from + 1, to - from);
    }

    private static Matrix<double> Identity(StateTrajectory path) =>
        Matrix<double>.Build.DenseIdentity(path.Recurrence.Weight.RowCount);
}
