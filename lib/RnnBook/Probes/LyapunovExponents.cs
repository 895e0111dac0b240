using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RnnBook;

/// <summary>
/// The Lyapunov exponents of a recurrent layer driven by an input: the mean rates, in nats a step, at which small deviations of the state
/// grow (above 0) or fade (below 0) along the directions that grow most. For f(x) = x they are ln|λ| of W.
/// </summary>
/// <param name="Exponents">The largest first; −∞ for a direction that dies out altogether.</param>
/// <param name="Running">The estimate of the largest after each counted step, to see whether it has settled.</param>
public sealed record LyapunovExponents(IReadOnlyList<double> Exponents, IReadOnlyList<double> Running)
{
    /// <summary>The largest: above 0, neighbouring states part and gradients explode; below 0, they meet and gradients vanish.</summary>
    public double Largest => Exponents[0];

    /// <summary>How many time steps were counted.</summary>
    public int Steps => Running.Count;

    /// <summary>
    /// Measures along a path. A set of orthonormal directions is carried along by the Jacobians and made orthonormal again by QR after every
    /// step; the logarithms of R's diagonal add up (Benettin, Galgani, Giorgilli and Strelcyn, 1980).
    /// </summary>
    /// <param name="path">The path of one sequence; the longer, the better the mean.</param>
    /// <param name="count">How many exponents, 1 to H; 0 for all.</param>
    /// <param name="skip">Steps at the start that turn the directions but do not count.</param>
    /// <param name="seed">Of the first directions.</param>
    /// <exception cref="ArgumentOutOfRangeException">More exponents than units, or no step left to count.</exception>
    public static LyapunovExponents Measure(StateTrajectory path, int count = 0, int skip = 0, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(path);
        var size = path.Recurrence.Weight.RowCount;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)size, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)skip, (uint)path.Length, nameof(skip));
        count = count == 0 ? size : count;

        var start = new Tensor(size, count);
        Initializer.Orthogonal().Fill(start, new RandomSource(seed));
        var directions = start.ToMatrix();
        var sums = Vector<double>.Build.Dense(count);
        var running = new List<double>();
        for (var t = 1; t <= path.Length; t++)
        {
            var factors = (Jacobian.OfState(path, t) * directions).QR(QRMethod.Thin);
            directions = factors.Q;
            if (t > skip)
            {
                sums += factors.R.Diagonal().PointwiseAbs().PointwiseLog();
                running.Add(sums[0] / (t - skip));
            }
        }

        return new LyapunovExponents([.. sums.Select(sum => sum / running.Count).OrderDescending()], running);
    }

    /// <summary>Measures along the first sequence of inputs [T, B, I], from a zero initial state; 0 counts all exponents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More exponents than units, or no step.</exception>
    public static LyapunovExponents Measure(Rnn rnn, Tensor x, int count = 0) => Measure(new StateTrajectory(rnn, x), count);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Lyapunov exponents over {Steps} steps: {string.Join(", ", Exponents.Take(5).Select(e => e.ToString("F4", CultureInfo.InvariantCulture)))}"
        + (Exponents.Count > 5 ? ", …" : "");
}
