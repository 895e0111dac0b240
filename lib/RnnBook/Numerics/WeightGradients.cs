using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// Gradients of weights: sums over rows of (gradient of a unit)·(what the unit read), as wide as what was read, one row a unit.
/// Kept apart for each shard of the batch and added up in the end, so that the bits do not depend on the number of threads.
/// </summary>
internal sealed class WeightGradients
{
    private readonly PackedMatrix weights = new();
    private readonly PackedMatrix biases = new();
    private readonly PackedMatrix zero = new();
    private Kernels kernels = Kernels.Best;
    private int units;
    private bool empty;

    private int UnitPanels => PackedMatrix.PanelsOf(units, kernels.Width);

    /// <summary>Starts from zero.</summary>
    /// <param name="kernels">What computes.</param>
    /// <param name="gates">Groups of units; each one's panels start anew.</param>
    /// <param name="units">Units of a gate.</param>
    /// <param name="columns">What a unit reads at most.</param>
    public void Begin(Kernels kernels, int gates, int units, int columns)
    {
        (this.kernels, this.units, empty) = (kernels, units, true);
        weights.Resize(kernels.Width, gates * units, columns);
        biases.Resize(kernels.Width, 1, gates * UnitPanels * kernels.Width);
        biases.Clear();
        zero.Resize(kernels.Width, 1, kernels.Width);
    }

    /// <summary>Marks the end of a chunk to which each gate was added once.</summary>
    public void EndChunk() => empty = false;

    /// <summary>Adds the rows of a chunk: <paramref name="steps"/> times <paramref name="rows"/> consecutive rows, one time <paramref name="batch"/> rows after the other.</summary>
    /// <param name="gradient">Gradients of the units, from row <paramref name="gradientRow"/> on.</param>
    /// <param name="gradientRow">First row.</param>
    /// <param name="gate">First gate.</param>
    /// <param name="gates">How many.</param>
    /// <param name="input">What the units read, from row <paramref name="inputRow"/> on.</param>
    /// <param name="inputRow">First row.</param>
    /// <param name="firstPanel">First panel that these gates read.</param>
    /// <param name="endPanel">Panel where that ends.</param>
    /// <param name="steps">Time steps of the chunk.</param>
    /// <param name="rows">Rows of a time step that count.</param>
    /// <param name="batch">Rows of a time step.</param>
    public void Add(
        PackedMatrix gradient, int gradientRow, int gate, int gates, PackedMatrix input, int inputRow, int firstPanel, int endPanel,
        int steps, int rows, int batch)
    {
        var (unitPanels, span) = (UnitPanels, ((steps - 1) * batch) + rows);
        for (var column = firstPanel; column < endPanel;)
        {
            // The columns' panel stays in the first-level cache while all units pass by.
            var columns = endPanel - column == 4 ? 2 : Math.Min(3, endPanel - column);
            var read = input.Block(inputRow, span, column, columns);
            for (var g = gate; g < gate + gates; g++)
            {
                var sum = weights.Block(g * units, units, column, columns);
                kernels.Multiply(new GemmArguments
                {
                    Transposed = true,
                    A = gradient.Block(gradientRow, span, g * unitPanels, unitPanels),
                    B = read,
                    Start = empty ? zero.RepeatFirst() : sum,
                    C = sum,
                    Rows = units,
                    Panels = columns,
                    Inner = steps * rows,
                    Run = rows,
                    Gap = batch - rows,
                });
            }

            column += columns;
        }

        var panels = gates * unitPanels;
        var gradients = gradient.Block(gradientRow, span, gate * unitPanels, panels);
        kernels.AddRowSums(biases.Block(0, 1, gate * unitPanels, panels), gradients, rows, steps, batch - rows);
    }

    /// <summary>Adds the sums of some units of a gate to the parameters' gradients.</summary>
    /// <param name="weight">[…·units, columns], gradient of a weight matrix.</param>
    /// <param name="bias">[…·units], gradient of a bias.</param>
    /// <param name="block">Which of the parameters' blocks of rows is the gate's.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="first">First unit to add.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="column">First column of the sums to take.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(Tensor weight, Tensor bias, int block, int gate, int first, int end, int column)
    {
        var (columns, width) = (weight.Shape[1], kernels.Width);
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            var target = weight.Rows((block * units) + first, end - first)[done..];
            kernels.AddLanes(target, columns, weights.Block((gate * units) + first, end - first, (column + done) / width, 1), lane, count);
            done += count;
        }

        for (var unit = first; unit < end; unit++)
        {
            bias[(block * units) + unit] += biases[0, (gate * UnitPanels * width) + unit];
        }
    }
}
