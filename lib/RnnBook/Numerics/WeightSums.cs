using System.Numerics.Tensors;
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
                    var sum = new Rows(weights, (group * units) + (strip * width), column);
                    kernels.Multiply(new Product
                    {
                        Transposed = true,
                        A = new Rows(gradient, gradientRow, (group * unitStrips) + strip),
                        B = new Rows(input, inputRow, column),
                        Start = empty ? Rows.Same(zero) : sum,
                        StartRow = empty ? 0 : width,
                        C = sum,
                        RowCount = Math.Min(width, units - (strip * width)),
                        StripCount = columns,
                        Steps = steps * rows,
                        Run = rows,
                        Skip = skip,
                    });
                }
            }

            column += columns;
        }

        kernels.AddRowSums(
            new Rows(biases, 0, part * unitStrips), new Rows(gradient, gradientRow, part * unitStrips), rows, steps, skip, parts * unitStrips);
    }

    /// <summary>Adds the sums of some units of a group to the parameters' gradients.</summary>
    /// <param name="weight">[…·units, columns], gradient of a weight matrix.</param>
    /// <param name="bias">[…·units], gradient of a bias.</param>
    /// <param name="block">Which of the parameters' groups of rows is the group's.</param>
    /// <param name="part">The group.</param>
    /// <param name="units">Units of a group.</param>
    /// <param name="first">First unit to add.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="column">First column of the sums to take.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(Tensor weight, Tensor bias, int block, int part, int units, int first, int end, int column)
    {
        var (columns, width) = (weight.Shape[1], kernels.Width);
        for (var done = 0; done < columns;)
        {
            var lane = (column + done) % width;
            var count = Math.Min(width - lane, columns - done);
            for (var unit = first; unit < end; unit++)
            {
                var to = weight.Span.Slice((((block * units) + unit) * columns) + done, count);
                TensorPrimitives.Add(to, weights.Lanes((part * units) + unit, (column + done) / width).Slice(lane, count), to);
            }

            done += count;
        }

        var biasesOfPart = part * Strips.For(units, width) * width;
        for (var unit = first; unit < end; unit++)
        {
            bias[(block * units) + unit] += biases[0, biasesOfPart + unit];
        }
    }
}
