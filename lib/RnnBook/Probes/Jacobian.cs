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
    /// <summary>∂h_t/∂h_{t−1} at a state h_{t−1}, H elements, and an input x_t, I elements, of one's choice; [H, H].</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Matrix<double> Step(Rnn rnn, Vector<double> previous, Vector<double> x)
    {
        var recurrence = new StateRecurrence(rnn);
        return recurrence.StateJacobian(recurrence.Net(previous, x));
    }

    /// <summary>∂h_t/∂h_{t−1} on a path, t from 1 to T; [H, H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public static Matrix<double> OfState(StateTrajectory path, int t)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Recurrence.StateJacobian(path.Net(t));
    }

    /// <summary>∂net_t/∂net_{t−1} on a path, t from 2 to T; [H, H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    /// <exception cref="InvalidOperationException">The layer is residual.</exception>
    public static Matrix<double> OfNet(StateTrajectory path, int t)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Recurrence.NetJacobian(path.Net(t - 1));
    }

    /// <summary>∂h_to/∂h_from, 0 ≤ from ≤ to ≤ T: the product of to − from factors, I if there is none; [H, H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The steps do not lie on the path, or run backwards.</exception>
    public static Matrix<double> StateProduct(StateTrajectory path, int from, int to) => Product(path, from, to, 0, OfState);

    /// <summary>∂net_to/∂net_from, 1 ≤ from ≤ to ≤ T: the product of to − from factors, I if there is none; [H, H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The steps do not lie on the path, or run backwards.</exception>
    /// <exception cref="InvalidOperationException">The layer is residual.</exception>
    public static Matrix<double> NetProduct(StateTrajectory path, int from, int to) => Product(path, from, to, 1, OfNet);

    /// <summary>∂h_to/∂h_from for the first sequence of inputs [T, B, I], from a zero initial state; [H, H].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The steps do not lie on the path, or run backwards.</exception>
    public static Matrix<double> Product(Rnn rnn, Tensor x, int from, int to) => StateProduct(new StateTrajectory(rnn, x), from, to);

    /// <summary>The Jacobian of any function from n inputs to m outputs by central differences, [m, n]: to check the analytic ones.</summary>
    /// <remarks>
    /// (f(x + h) − f(x − h))/2h is off by h²·|f‴|/6 and, through rounding, by ε·|f|/h. The step h = ∛ε·max(1, |x|), about 6e-6, makes
    /// both about 4e-11. Across a kink it gives the mean of the two slopes.
    /// </remarks>
    public static Matrix<double> Numerical(Func<Vector<double>, Vector<double>> function, Vector<double> at)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(at);
        return Matrix<double>.Build.DenseOfColumnVectors(at.Select((x, j) =>
        {
            var (above, below) = (at.Clone(), at.Clone());
            var step = Math.Cbrt(double.BitIncrement(1) - 1) * Math.Max(1, Math.Abs(x));
            above[j] += step;
            below[j] -= step;
            return (function(above) - function(below)) / (above[j] - below[j]);
        }));
    }

    private static Matrix<double> Product(
        StateTrajectory path, int from, int to, int first, Func<StateTrajectory, int, Matrix<double>> factor)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (from < first || to < from || to > path.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(to), $"Steps {from} to {to} do not lie within {first} to {path.Length}, or run backwards.");
        }

        var product = Matrix<double>.Build.DenseIdentity(path.Recurrence.Weight.RowCount);
        for (var t = from + 1; t <= to; t++)
        {
            product = factor(path, t) * product;
        }

        return product;
    }
}
