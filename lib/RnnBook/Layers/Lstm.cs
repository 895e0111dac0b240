namespace RnnBook;

/// <summary>
/// Long short-term memory, gates in the order i, f, g, o:
/// c_t = f⊙c_{t−1} + i⊙g, h_t = o⊙tanh(c_t), with i, f, o by the logistic function and g by tanh.
/// </summary>
public sealed class Lstm : RecurrentLayer
{
    private Tensor? gates;
    private Tensor? cells;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√H.</summary>
    /// <param name="inputSize">Inputs of a step, I.</param>
    /// <param name="hiddenSize">Units, H.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Lstm(int inputSize, int hiddenSize, RandomSource? random = null)
        : base(inputSize, hiddenSize, 4, random)
    {
    }

    /// <summary>c_0, [B, H], that the next forward passes start from; null for zeros.</summary>
    public Tensor? InitialCell { get; set; }

    /// <summary>The cell states c_1 … c_T of the last forward pass, [T, B, H].</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    public Tensor CellStates => cells ?? throw new InvalidOperationException("There are no states before the first forward pass.");

    /// <summary>After a backward pass: ∂L/∂c_t with every path through later steps counted, [T, B, H]. Null unless recorded.</summary>
    public Tensor? CellStateGradients { get; private set; }

    /// <summary>After a backward pass: ∂L/∂c_0, [B, H].</summary>
    public Tensor? InitialCellGradient { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"Lstm: {InputSize} → {HiddenSize}";

    private protected override void Run(Tensor x, Tensor h0, Tensor h)
    {
        var (length, batch, n) = (h.Shape[0], h.Shape[1], HiddenSize);
        InitialCell?.RequireShape("The initial cell state", batch, n);
        gates = new Tensor(length, batch, 4 * n);
        cells = new Tensor(length, batch, n);
        for (var t = 0; t < length; t++)
        {
            for (var b = 0; b < batch; b++)
            {
                for (var j = 0; j < 4 * n; j++)
                {
                    var z = Input(t, b, j) + Recurrent(t, b, j);
                    gates[t, b, j] = j / n == 2 ? MathF.Tanh(z) : Activation.Sigmoid.Value(z);
                }

                for (var j = 0; j < n; j++)
                {
                    cells[t, b, j] = (gates[t, b, n + j] * PreviousCell(t, b, j)) + (gates[t, b, j] * gates[t, b, (2 * n) + j]);
                    h[t, b, j] = gates[t, b, (3 * n) + j] * MathF.Tanh(cells[t, b, j]);
                }
            }
        }
    }

    private protected override void RunBack(Tensor outputGradient, Tensor? inputGradient)
    {
        var (length, batch, n) = (outputGradient.Shape[0], outputGradient.Shape[1], HiddenSize);
        CellStateGradients = RecordStateGradients ? new Tensor(length, batch, n) : null;
        var dh = new Tensor(batch, n);
        var dc = new Tensor(batch, n);
        var d = new float[4];
        for (var t = length - 1; t >= 0; t--)
        {
            var previous = new Tensor(batch, n);
            for (var b = 0; b < batch; b++)
            {
                for (var j = 0; j < n; j++)
                {
                    var (i, f, g, o) = (gates![t, b, j], gates[t, b, n + j], gates[t, b, (2 * n) + j], gates[t, b, (3 * n) + j]);
                    var total = dh[b, j] + outputGradient[t, b, j];
                    var tanh = MathF.Tanh(cells![t, b, j]);
                    var cell = dc[b, j] + (total * o * (1 - (tanh * tanh)));
                    if (RecordStateGradients)
                    {
                        StateGradients![t, b, j] = total;
                        CellStateGradients![t, b, j] = cell;
                    }

                    d[0] = cell * g * i * (1 - i);
                    d[1] = cell * PreviousCell(t, b, j) * f * (1 - f);
                    d[2] = cell * i * (1 - (g * g));
                    d[3] = total * tanh * o * (1 - o);
                    dc[b, j] = cell * f;
                    for (var gate = 0; gate < 4; gate++)
                    {
                        BackInput(t, b, (gate * n) + j, d[gate], inputGradient);
                        BackRecurrent(t, b, (gate * n) + j, d[gate], previous);
                    }
                }
            }

            dh = previous;
        }

        InitialStateGradient = dh;
        InitialCellGradient = dc;
    }

    private float PreviousCell(int t, int b, int j) => t > 0 ? cells![t - 1, b, j] : InitialCell?[b, j] ?? 0;
}
