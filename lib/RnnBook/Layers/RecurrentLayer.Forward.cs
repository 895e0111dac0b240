using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// The forward pass. A row of <c>state</c> is what one step reads, [h_{t−1}, x_t], so that the recurrent and the input weights are
/// one product; a step writes h_t into the rows of the next one.
/// </summary>
public abstract unsafe partial class RecurrentLayer
{
    private readonly Part[] parts;
    private readonly Block[] blocks;
    private Kernels kernels = Kernels.Best;
    private protected readonly Strips state = new();
    private protected readonly Strips net = new();
    private readonly Strips bias = new();
    private readonly Strips zero = new();

    /// <summary>
    /// A group of H units in the layer's own order: which row block of W_hh and of W_ih it has, −1 for none. (GRU's candidate is two
    /// groups, since r comes between its recurrent and its input part.) Groups without W_ih stand first, those without W_hh last.
    /// </summary>
    private protected readonly record struct Part(int Hidden, int Input);

    /// <summary>Neighbouring groups that read the same, and their weights: [what they read] rows, strips of units.</summary>
    private sealed record Block(int First, int Count, bool Hidden, bool Input, Strips Weights);

    /// <summary>Whether no NaN or ∞ was among the inputs (padding counts too) of the last forward pass: seen while they are copied.</summary>
    internal bool IsInputFinite { get; private set; }

    internal int Length { get; private set; }

    internal int Batch { get; private set; }

    internal Strips StateRows => state;

    private protected int Width => kernels.Width;

    /// <summary>Strips of a group.</summary>
    private protected int UnitStrips => Strips.For(HiddenSize, Width);

    /// <summary>Whether <c>net</c> keeps every step for the backward pass, or only serves one step.</summary>
    private protected abstract bool KeepsNet { get; }

    /// <summary>What computes; tests compare all widths of register.</summary>
    internal Kernels Kernels
    {
        get => kernels;
        set
        {
            kernels = value;
            Length = 0;
        }
    }

    /// <summary>Makes room for a forward pass.</summary>
    /// <param name="length">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    internal void BeginForward(int length, int batch, int[]? lengths = null)
    {
        (Length, Batch) = (length, batch);
        TakeLengths(lengths);
        statesAreCurrent = false;
        IsInputFinite = true;
        state.Resize(Width, checked((length + 1) * batch), HiddenSize + InputSize);
        net.Resize(Width, KeepsNet ? length * batch : batch, parts.Length * UnitStrips * Width);
        zero.Resize(Width, 1, Width);
        PrepareForward();
        foreach (var block in blocks)
        {
            var rows = (block.Input ? HiddenSize + InputSize : HiddenSize) - (FirstStrip(block) * Width);
            block.Weights.Resize(Width, rows, block.Count * UnitStrips * Width);
        }

        bias.Resize(Width, 1, parts.Length * UnitStrips * Width);
        for (var i = 0; i < parts.Length; i++)
        {
            var (hidden, input) = (parts[i].Hidden * HiddenSize, parts[i].Input * HiddenSize);
            for (var j = 0; j < HiddenSize; j++)
            {
                bias[0, (i * UnitStrips * Width) + j] = (hidden < 0 ? 0 : BiasHh.Value[hidden + j]) + (input < 0 ? 0 : BiasIh.Value[input + j]);
            }
        }
    }

    /// <summary>Packs a share of the weights as they are now for the forward pass.</summary>
    internal void PackForward(Share share)
    {
        foreach (var block in blocks)
        {
            for (var strip = share.First(block.Weights.Count); strip < share.End(block.Weights.Count); strip++)
            {
                Pack(block, strip);
            }
        }
    }

    /// <summary>Runs some sequences through all steps.</summary>
    /// <param name="x">Inputs, [T, B, I], unless they are the states of the layer below.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="initialState">h_0, [B, H]; null for zeros.</param>
    /// <param name="first">First sequence.</param>
    /// <param name="end">Where the sequences end.</param>
    internal void ForwardRows(Tensor? x, RecurrentLayer? below, Tensor? initialState, int first, int end)
    {
        SetState(initialState, first, end);
        ForwardRows(x, below, first, end);
    }

    /// <summary>What the first step starts from.</summary>
    internal void SetState(Tensor? initialState, int first, int end)
    {
        WriteRows(state, initialState, first, end, HiddenSize);
        StartRows(first, end);
    }

    /// <summary>Runs some sequences through all steps from the state that is set.</summary>
    internal void ForwardRows(Tensor? x, RecurrentLayer? below, int first, int end)
    {
        var rows = end - first;
        fixed (float* inputs = x is null ? default : x.Span)
        {
            for (var t = 0; t < Length; t++)
            {
                var row = (t * Batch) + first;
                if (below is null)
                {
                    var read = inputs + ((nint)row * InputSize);
                    if (!TensorPrimitives.IsFiniteAll<float>(new ReadOnlySpan<float>(read, rows * InputSize)))
                    {
                        IsInputFinite = false;
                    }

                    state.Write(read, InputSize, rows, InputSize, row, HiddenSize);
                    if (isMasked)
                    {
                        BlankPadding(t, first, rows);
                    }
                }
                else
                {
                    state.Write(below.state, row + Batch, rows, InputSize, row, HiddenSize);
                }

                foreach (var block in blocks)
                {
                    kernels.Multiply(new Product
                    {
                        A = new Rows(state, row, FirstStrip(block)),
                        B = new Rows(block.Weights, 0),
                        Start = new Rows(bias, 0, block.First * UnitStrips),
                        C = new Rows(net, NetRow(t) + first, block.First * UnitStrips),
                        RowCount = rows,
                        StripCount = block.Count * UnitStrips,
                        Steps = block.Weights.Rows,
                    });
                }

                StepForward(t, first, rows);
                if (isMasked)
                {
                    CarryEnded(t, first, rows);
                }
            }
        }
    }

    private protected int NetRow(int t) => KeepsNet ? t * Batch : 0;

    /// <summary>Makes room for what the cell keeps besides its state.</summary>
    private protected virtual void PrepareForward()
    {
    }

    /// <summary>Sets what else the cell starts from.</summary>
    private protected virtual void StartRows(int first, int end)
    {
    }

    /// <summary>From <c>net</c> to h_t in the rows t + 1 of <c>state</c>.</summary>
    private protected abstract void StepForward(int t, int first, int rows);

    /// <summary>Copies sequences of a [B, columns] tensor, or zeros, into the first rows.</summary>
    private protected static void WriteRows(Strips target, Tensor? source, int first, int end, int columns)
    {
        if (source is not null)
        {
            fixed (float* values = source.Span)
            {
                target.Write(values + (first * columns), columns, end - first, columns, first, 0);
            }

            return;
        }

        target.ClearRows(first, end - first, columns);
    }

    /// <summary>The strip of a state's row where a block starts to read: the one where the input begins if it reads no h.</summary>
    private int FirstStrip(Block block) => block.Hidden ? 0 : HiddenSize / Width;

    /// <summary>Joins neighbouring groups that read the same.</summary>
    private static Block[] JoinBlocks(ReadOnlySpan<Part> parts)
    {
        var blocks = new List<Block>();
        for (int i = 0, end; i < parts.Length; i = end)
        {
            var (hidden, input) = (parts[i].Hidden >= 0, parts[i].Input >= 0);
            for (end = i + 1; end < parts.Length && parts[end].Hidden >= 0 == hidden && parts[end].Input >= 0 == input;)
            {
                end++;
            }

            blocks.Add(new Block(i, end - i, hidden, input, new Strips()));
        }

        return [.. blocks];
    }

    /// <summary>The weights of a strip's units.</summary>
    private void Pack(Block block, int strip)
    {
        var part = parts[block.First + (strip / UnitStrips)];
        var unit = strip % UnitStrips * Width;
        var lanes = Math.Min(Width, HiddenSize - unit);
        fixed (float* hh = WeightHh.Value.Span, ih = WeightIh.Value.Span)
        {
            if (block.Hidden)
            {
                var source = hh + ((nint)((part.Hidden * HiddenSize) + unit) * HiddenSize);
                block.Weights.WriteTransposed(source, HiddenSize, lanes, HiddenSize, 0, strip);
            }

            if (block.Input)
            {
                var source = ih + ((nint)((part.Input * HiddenSize) + unit) * InputSize);
                block.Weights.WriteTransposed(source, InputSize, lanes, InputSize, HiddenSize - (FirstStrip(block) * Width), strip);
            }
        }
    }
}
