using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>
/// Gradients of weights: sums over rows of (gradient of a unit)·(what the unit read), as wide as what was read, one row a unit.
/// Kept apart for each part of the batch and added up in the end, so that the bits do not depend on the number of threads.
/// </summary>
internal sealed unsafe class WeightSums
{
    private readonly Strips weights = new();
    private readonly Strips biases = new();
    private readonly Strips zero = new();
    private Kernels kernels = Kernels.Best;
    private bool empty;

    /// <summary>Starts from zero.</summary>
    /// <param name="kernels">What computes.</param>
    /// <param name="parts">Groups of units (gates); each group's strips start anew.</param>
    /// <param name="units">Units of a group.</param>
    /// <param name="columns">What a unit reads at most.</param>
    public void Begin(Kernels kernels, int parts, int units, int columns)
    {
        this.kernels = kernels;
        weights.Resize(kernels.Width, parts * units, columns);
        biases.Resize(kernels.Width, 1, parts * Strips.For(units, kernels.Width) * kernels.Width);
        biases.Clear();
        zero.Resize(kernels.Width, 1, kernels.Width);
        empty = true;
    }

    /// <summary>Marks the end of a chunk to which each part was added once.</summary>
    public void EndChunk() => empty = false;

    /// <summary>Adds the rows of a chunk: <paramref name="steps"/> times <paramref name="rows"/> consecutive rows, one time <paramref name="batch"/> rows after the other.</summary>
    /// <param name="gradient">Gradients of the units, from row <paramref name="gradientRow"/> on.</param>
    /// <param name="gradientRow">First row.</param>
    /// <param name="part">First group of units.</param>
    /// <param name="parts">Groups of units.</param>
    /// <param name="units">Units of a group.</param>
    /// <param name="input">What the units read, from row <paramref name="inputRow"/> on.</param>
    /// <param name="inputRow">First row.</param>
    /// <param name="firstStrip">First strip that these groups read.</param>
    /// <param name="endStrip">Strip where that ends.</param>
    /// <param name="steps">Time steps of the chunk.</param>
    /// <param name="rows">Rows of a time step that count.</param>
    /// <param name="batch">Rows of a time step.</param>
    public void Add(
        Strips gradient, int gradientRow, int part, int parts, int units, Strips input, int inputRow, int firstStrip, int endStrip,
        int steps, int rows, int batch)
    {
        var width = kernels.Width;
        var unitStrips = Strips.For(units, width);
        nint skip = (nint)(batch - rows) * width;
        for (var column = firstStrip; column < endStrip;)
        {
            // The columns' panel stays in the first-level cache while all units pass by.
            var columns = endStrip - column == 4 ? 2 : Math.Min(3, endStrip - column);
            for (var group = part; group < part + parts; group++)
            {
                for (var strip = 0; strip < unitStrips; strip++)
                {
                    var sum = weights.At((group * units) + (strip * width), column);
                    kernels.Multiply(new Product
                    {
                        A = gradient.At(gradientRow, (group * unitStrips) + strip),
                        ARow = 1,
                        AStep = width,
                        ASkip = skip,
                        B = input.At(inputRow, column),
                        BSkip = skip,
                        BStrip = input.Stride,
                        Start = empty ? zero.At(0) : sum,
                        StartRow = empty ? 0 : width,
                        StartStrip = empty ? 0 : weights.Stride,
                        C = sum,
                        CRow = width,
                        CStrip = weights.Stride,
                        Rows = Math.Min(width, units - (strip * width)),
                        Strips = columns,
                        Run = rows,
                        Steps = steps * rows,
                        Segments = 1,
                    });
                }
            }

            column += columns;
        }

        kernels.AddRowSums(
            new Rows(biases, 0, part * unitStrips), new Rows(gradient, gradientRow, part * unitStrips), rows, steps, skip, parts * unitStrips);
    }

    /// <summary>Adds the sums of a group's units to a parameter's gradient.</summary>
    /// <param name="target">[…, columns], gradient of a weight matrix.</param>
    /// <param name="targetRow">Row of the group's first unit.</param>
    /// <param name="part">The group.</param>
    /// <param name="units">Units of a group.</param>
    /// <param name="column">First column to take.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddWeightsTo(Tensor target, int targetRow, int part, int units, int column)
    {
        var (columns, width) = (target.Shape[1], kernels.Width);
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            var source = weights.At(part * units, (column + done) / width) + lane;
            var to = target.Span[((targetRow * columns) + done)..];
            for (var unit = 0; unit < units; unit++, source += width)
            {
                for (var i = 0; i < count; i++)
                {
                    to[(unit * columns) + i] += source[i];
                }
            }

            done += count;
        }
    }

    /// <summary>Adds the sums of a group's gradients to a bias's gradient.</summary>
    public void AddBiasesTo(Tensor target, int targetRow, int part, int units)
    {
        var first = part * Strips.For(units, kernels.Width) * kernels.Width;
        for (var unit = 0; unit < units; unit++)
        {
            target[targetRow + unit] += biases[0, first + unit];
        }
    }
}
