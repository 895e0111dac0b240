namespace RnnBook;

/// <summary>
/// The weights of a cell to read, in double: those of one of the fast layers, of one gate or several, each H rows, in PyTorch's order. Gradients
/// stand beside them under the same names with a d.
/// </summary>
public sealed class CellWeights
{
    /// <summary>Takes numbers over as they are, without a copy.</summary>
    /// <param name="wih">W_ih, [gates·H, I], row after row.</param>
    /// <param name="whh">W_hh, [gates·H, H], row after row.</param>
    /// <param name="bih">b_ih, [gates·H].</param>
    /// <param name="bhh">b_hh, [gates·H].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public CellWeights(double[] wih, double[] whh, double[] bih, double[] bhh)
    {
        ArgumentNullException.ThrowIfNull(wih);
        ArgumentNullException.ThrowIfNull(whh);
        ArgumentNullException.ThrowIfNull(bih);
        ArgumentNullException.ThrowIfNull(bhh);
        var rows = bih.Length;
        if (rows == 0 || bhh.Length != rows || wih.Length % rows != 0 || whh.Length % rows != 0)
        {
            throw new ArgumentException($"Weights of {wih.Length} and {whh.Length} numbers do not fit biases of {rows} and {bhh.Length}.", nameof(wih));
        }

        (Wih, Whh, Bih, Bhh) = (wih, whh, bih, bhh);
        (InputSize, HiddenSize) = (wih.Length / rows, whh.Length / rows);
        (DWih, DWhh, DBih, DBhh) = (new double[wih.Length], new double[whh.Length], new double[rows], new double[rows]);
    }

    /// <summary>Copies a layer's weights.</summary>
    public CellWeights(RecurrentLayer layer)
        : this(Copy(layer, l => l.WeightIh), Copy(layer, l => l.WeightHh), Copy(layer, l => l.BiasIh), Copy(layer, l => l.BiasHh))
    {
    }

    /// <summary>I.</summary>
    public int InputSize { get; }

    /// <summary>H.</summary>
    public int HiddenSize { get; }

    /// <summary>W_ih, row after row.</summary>
    public double[] Wih { get; }

    /// <summary>W_hh, row after row.</summary>
    public double[] Whh { get; }

    /// <summary>b_ih.</summary>
    public double[] Bih { get; }

    /// <summary>b_hh.</summary>
    public double[] Bhh { get; }

    /// <summary>∂L/∂W_ih; a backward step adds to it.</summary>
    public double[] DWih { get; }

    /// <summary>∂L/∂W_hh; a backward step adds to it.</summary>
    public double[] DWhh { get; }

    /// <summary>∂L/∂b_ih; a backward step adds to it.</summary>
    public double[] DBih { get; }

    /// <summary>∂L/∂b_hh; a backward step adds to it.</summary>
    public double[] DBhh { get; }

    /// <summary>What a row makes of the input: W_ih x + b_ih.</summary>
    public double Input(int row, double[] x) => Bih[row] + Dot(Wih, row, x);

    /// <summary>Back from dz = ∂L/∂(W_ih x + b_ih): adds to the row's gradients and to dx.</summary>
    public void InputBack(int row, double dz, double[] x, double[] dx) => DBih[row] += Back(Wih, DWih, row, dz, x, dx);

    /// <summary>What a row makes of the state: W_hh h + b_hh.</summary>
    public double Recurrent(int row, double[] h) => Bhh[row] + Dot(Whh, row, h);

    /// <summary>Back from dz = ∂L/∂(W_hh h + b_hh): adds to the row's gradients and to dh.</summary>
    public void RecurrentBack(int row, double dz, double[] h, double[] dh) => DBhh[row] += Back(Whh, DWhh, row, dz, h, dh);

    /// <summary>σ(z).</summary>
    internal static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    private static double Dot(double[] w, int row, double[] v)
    {
        var sum = 0.0;
        for (var i = 0; i < v.Length; i++)
        {
            sum += w[(row * v.Length) + i] * v[i];
        }

        return sum;
    }

    private static double Back(double[] w, double[] dw, int row, double dz, double[] v, double[] dv)
    {
        for (var i = 0; i < v.Length; i++)
        {
            dw[(row * v.Length) + i] += dz * v[i];
            dv[i] += dz * w[(row * v.Length) + i];
        }

        return dz;
    }

    private static double[] Copy(RecurrentLayer layer, Func<RecurrentLayer, Parameter> which)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Array.ConvertAll(which(layer).Value.Span.ToArray(), value => (double)value);
    }
}
