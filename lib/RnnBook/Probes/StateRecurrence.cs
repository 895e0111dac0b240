using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>One step of a plain recurrent layer in double, and its derivative right beside it: a copy of the layer's weights.</summary>
public sealed class StateRecurrence
{
    private readonly Matrix<double> input;
    private readonly Vector<double> bias;
    private readonly bool isResidual;

    /// <summary>Copies the layer's weights as they are now.</summary>
    public StateRecurrence(Rnn rnn)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        Activation = rnn.Activation.ForLayer();
        isResidual = rnn.Residual;
        Weight = rnn.WeightHh.Value.ToMatrix();
        input = rnn.WeightIh.Value.ToMatrix();
        bias = rnn.BiasIh.Value.ToVector() + rnn.BiasHh.Value.ToVector();
    }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>W_hh, [H, H].</summary>
    public Matrix<double> Weight { get; }

    /// <summary>net_t = W_ih x_t + W_hh h_{t−1} + b, H elements, from h_{t−1}, H elements, and x_t, I elements.</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public Vector<double> Net(Vector<double> previous, Vector<double> x)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(x);
        if (previous.Count != Weight.ColumnCount || x.Count != input.ColumnCount)
        {
            throw new ArgumentException(
                $"W_hh is {Weight.RowCount}×{Weight.ColumnCount} and W_ih {input.RowCount}×{input.ColumnCount}, "
                + $"but h has length {previous.Count} and x {x.Count}.");
        }

        return (input * x) + (Weight * previous) + bias;
    }

    /// <summary>h_t = f(net_t), plus h_{t−1} if the layer is residual; H elements each.</summary>
    public Vector<double> State(Vector<double> previous, Vector<double> net)
    {
        ArgumentNullException.ThrowIfNull(net);
        var change = net.Map(Activation.Value, Zeros.Include);
        return isResidual ? previous + change : change;
    }

    /// <summary>∂h_t/∂h_{t−1} = diag(f′(net_t))·W_hh, plus I if the layer is residual; [H, H].</summary>
    public Matrix<double> StateJacobian(Vector<double> net)
    {
        var slope = Slope(net);
        var jacobian = Matrix<double>.Build.Dense(slope.Count, slope.Count, (i, j) => slope[i] * Weight[i, j]);
        return isResidual ? jacobian + Matrix<double>.Build.DenseIdentity(slope.Count) : jacobian;
    }

    /// <summary>∂net_t/∂net_{t−1} = W_hh·diag(f′(net_{t−1})); [H, H].</summary>
    /// <exception cref="InvalidOperationException">The layer is residual: there net_t depends on all earlier steps through h_{t−2} too.</exception>
    public Matrix<double> NetJacobian(Vector<double> previousNet)
    {
        if (isResidual)
        {
            throw new InvalidOperationException("In a residual layer net_t is no function of net_{t−1} alone: take the states' Jacobian.");
        }

        var slope = Slope(previousNet);
        return Matrix<double>.Build.Dense(slope.Count, slope.Count, (i, j) => Weight[i, j] * slope[j]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Weight.RowCount} {Activation.Name} units{(isResidual ? ", residual" : "")}";

    private Vector<double> Slope(Vector<double> net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return net.Map(Activation.Derivative, Zeros.Include);
    }
}
