using MathNet.Numerics.LinearAlgebra;

namespace RnnBook;

/// <summary>A recurrent ReLU network whose weights the reader wrote: h_t = ReLU(W_xh x_t + W_hh h_{t−1} + b) from h_0 = 0, answer v·h_T.</summary>
internal sealed class HandmadeNetwork
{
    private readonly Matrix<double> wxh;
    private readonly Matrix<double> whh;
    private readonly Vector<double> b;
    private readonly Vector<double> v;

    /// <param name="weights">W_xh (H×I), W_hh (H×H), b (H) and v (H).</param>
    /// <param name="inputs">I, how many numbers it reads at a step.</param>
    /// <exception cref="WrongAnswerException">Weights are missing, or their shapes do not fit.</exception>
    public HandmadeNetwork((Matrix<double>? Wxh, Matrix<double>? Whh, Vector<double>? B, Vector<double>? V) weights, int inputs)
    {
        var (input, recurrent, bias, readout) = weights;
        Expect.That(
            input is not null && recurrent is not null && bias is not null && readout is not null,
            "No answer yet: two matrices and two vectors are needed.");
        var units = bias.Count;
        Expect.That(
            input.RowCount == units && input.ColumnCount == inputs && recurrent.RowCount == units && recurrent.ColumnCount == units && readout.Count == units,
            $"The shapes do not fit: with {units} entries in b, W_xh is {units}×{inputs}, W_hh is {units}×{units} and v has {units} entries.");
        (wxh, whh, b, v) = (input, recurrent, bias, readout);
    }

    /// <summary>Reads a sequence of inputs and answers at its end.</summary>
    public double Answer(IEnumerable<double[]> sequence)
    {
        var h = Vector<double>.Build.Dense(b.Count);
        foreach (var x in sequence)
        {
            h = ((wxh * Vector<double>.Build.DenseOfArray(x)) + (whh * h) + b).PointwiseMaximum(0);
        }

        return v * h;
    }
}
