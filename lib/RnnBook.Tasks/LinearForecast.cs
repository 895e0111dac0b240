using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RnnBook;

/// <summary>
/// Linear autoregression: the forecast is a fixed weighted sum of the values in the window and a constant, the weights by least squares.
/// What a network must beat to have found something that is not linear.
/// </summary>
public sealed class LinearForecast
{
    private readonly Matrix<double> weights;

    private LinearForecast(Matrix<double> weights) => this.weights = weights;

    /// <summary>Fits the weights.</summary>
    /// <param name="windows">Inputs [T, N, I], targets [N, O], with more windows than T·I + 1.</param>
    /// <exception cref="ArgumentException">Too few windows.</exception>
    public static LinearForecast Fit(Batch windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var rows = Rows(windows);
        return rows.RowCount > rows.ColumnCount
            ? new LinearForecast(rows.QR(QRMethod.Thin).Solve(windows.Targets!.ToMatrix()))
            : throw new ArgumentException($"{rows.RowCount} windows are too few for {rows.ColumnCount} weights.", nameof(windows));
    }

    /// <summary>The forecast of every window, [N × O].</summary>
    /// <exception cref="ArgumentException">The windows have another length.</exception>
    public Matrix<double> Answer(Batch windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return Rows(windows) * weights;
    }

    /// <summary>The mean squared error over all windows.</summary>
    /// <exception cref="ArgumentException">The windows have another length.</exception>
    public double Error(Batch windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var off = Answer(windows) - windows.Targets!.ToMatrix();
        return off.PointwisePower(2).Enumerate().Average();
    }

    /// <inheritdoc/>
    public override string ToString() => $"LinearForecast: {weights.RowCount - 1} values and a constant";

    private static Matrix<double> Rows(Batch windows)
    {
        var width = windows.Inputs.Shape[2];
        return Matrix<double>.Build.Dense(windows.Size, (windows.Length * width) + 1, (n, i) =>
            i == windows.Length * width ? 1 : windows.Inputs[i / width, n, i % width]);
    }
}
