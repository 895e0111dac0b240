namespace RnnBook;

/// <summary>
/// Back-propagation through time: the way back through a <see cref="ForwardPass"/>. Each step turns ∂L/∂h_t into the gradient of its
/// pre-activations (<see cref="NetGradient"/>) and that, by one product with the recurrent weights, into ∂L/∂h_{t−1}. A chunk of steps keeps its
/// gradients until the weights' share is summed, while they are still in the cache.
/// </summary>
internal sealed class BackwardPass(ForwardPass forward)
{
    /// <summary>Rows of a chunk: enough to pay for reading and writing the sums, few enough to stay in the cache.</summary>
    private const int ChunkRows = 256;

    private readonly RecurrentLayer layer = forward.Layer;
    private readonly long[] flushed = new long[2];
    private readonly WeightGradients[] sums = [new(), new()];
    private readonly PackedMatrix hiddenWeights = new();
    private readonly PackedMatrix inputWeights = new();
    private readonly PackedMatrix zero = new();
    private double[] slopeGradients = [];
    private Tensor? initialStateGradient;
    private Tensor? initialCellGradient;
    private bool everyStep;

    public ForwardPass Forward => forward;

    /// <summary>∂L/∂h_t as it arrives from later steps, [B, H]; a head that reads the last step writes here.</summary>
    public PackedMatrix StateGradient { get; } = new();

    /// <summary>∂L/∂h_t as it arrives from above, [T·B, H].</summary>
    public PackedMatrix OutputGradient { get; } = new();

    /// <summary>Gradients of the pre-activations of a chunk of steps.</summary>
    public PackedMatrix NetGradient { get; } = new();

    /// <summary>What of ∂L/∂h_t reaches h_{t−1} around the recurrent weights, [B, H].</summary>
    public PackedMatrix Direct { get; } = new();

    /// <summary>∂L/∂c_t as it arrives from later steps, [B, H], of a layer that has a cell state.</summary>
    public PackedMatrix CellGradient { get; } = new();

    /// <summary>∂L/∂c_t with the path over h_t.</summary>
    public PackedMatrix CellTotal { get; } = new();

    /// <summary>∂L/∂slope of each sequence, where the activation's slope is learned.</summary>
    public double[] SlopeGradients => slopeGradients;

    /// <summary>∂L/∂h_t of every step, [T, B, H], if recorded.</summary>
    public Tensor? StateGradients { get; private set; }

    /// <summary>∂L/∂c_t of every step, [T, B, H], if recorded.</summary>
    public Tensor? CellStateGradients { get; private set; }

    /// <summary>How many gradients were too small and set to zero.</summary>
    public long FlushedGradients => flushed[0] + flushed[1];

    /// <summary>Whether all steps were gone back through.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>∂L/∂h_0, [B, H].</summary>
    public Tensor InitialStateGradient => Copy(ref initialStateGradient, StateGradient);

    /// <summary>∂L/∂c_0, [B, H].</summary>
    public Tensor InitialCellGradient => Copy(ref initialCellGradient, CellGradient);

    private int ChunkSteps => Math.Clamp(ChunkRows / ((forward.Batch + 1) / 2), 1, forward.Length);

    /// <summary>Makes room.</summary>
    /// <param name="everyStep">Whether gradients arrive from above at every step, or at the last alone.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    public void Begin(bool everyStep, bool needInputGradient)
    {
        var (length, batch, units, width) = (forward.Length, forward.Batch, layer.HiddenSize, forward.Kernels.Width);
        (this.everyStep, IsComplete) = (everyStep, false);
        zero.Resize(width, 1, width);
        StateGradient.Resize(width, batch, units);
        Direct.Resize(width, batch, units);
        forward.Masking.BeginBackward(width, batch, units);
        if (everyStep)
        {
            OutputGradient.Resize(width, (long)length * batch, units);
        }

        NetGradient.Resize(width, (long)ChunkSteps * batch, (long)layer.GateBlocks.Length * forward.UnitPanels * width);
        StateGradients = layer.RecordStateGradients ? Tensor.Reuse(StateGradients, length, batch, units) : null;
        Array.Clear(flushed);
        Array.Resize(ref slopeGradients, batch);
        Array.Clear(slopeGradients);
        if (layer.HasCell)
        {
            CellGradient.Resize(width, batch, units);
            CellGradient.Clear();
            CellTotal.Resize(width, batch, units);
            CellStateGradients = layer.RecordStateGradients ? Tensor.Reuse(CellStateGradients, length, batch, units) : null;
        }

        foreach (var shard in sums)
        {
            shard.Begin(forward.Kernels, layer.GateBlocks.Length, units, units + layer.InputSize);
        }

        hiddenWeights.Resize(width, layer.Gates * units, units);
        inputWeights.Resize(width, needInputGradient ? layer.Gates * units : 0, layer.InputSize);
    }

    /// <summary>Packs a share of the weights as they are now.</summary>
    public void Pack(Share share)
    {
        Pack(hiddenWeights, layer.WeightHh.Value, static gate => gate.Hidden, share);
        if (inputWeights.Rows > 0)
        {
            Pack(inputWeights, layer.WeightIh.Value, static gate => gate.Input, share);
        }
    }

    /// <summary>Takes some shards of the batch back through all steps.</summary>
    /// <param name="shards">The batch's shards.</param>
    /// <param name="firstShard">First shard.</param>
    /// <param name="endShard">Where the shards end.</param>
    /// <param name="inputGradient">Receives ∂L/∂x, [T·B, I] rows; null if not wanted.</param>
    public void Run(Shards shards, int firstShard, int endShard, PackedMatrix? inputGradient)
    {
        var (length, batch, first, end) = (forward.Length, forward.Batch, shards.Start(firstShard), shards.Start(endShard));
        if (everyStep)
        {
            forward.Kernels.Copy(StateGradient.Block(first, end - first), OutputGradient.Block(((length - 1) * batch) + first, end - first));
        }

        var count = 0L;
        for (var chunkEnd = length; chunkEnd > 0; chunkEnd -= ChunkSteps)
        {
            var chunk = Math.Max(0, chunkEnd - ChunkSteps);
            for (var t = chunkEnd - 1; t >= chunk; t--)
            {
                count += Step(t, ((t - chunk) * batch) + first, first, end - first, inputGradient);
            }

            for (var shard = firstShard; shard < endShard; shard++)
            {
                AddChunk(sums[shard], chunk, chunkEnd - chunk, shards.Start(shard), shards.Start(shard + 1));
            }
        }

        flushed[firstShard] = count;
    }

    /// <summary>Adds a share of the sums to the parameters' gradients, shard after shard of the batch.</summary>
    public void AddGradients(Share share)
    {
        var (first, end) = (share.First(layer.HiddenSize), share.End(layer.HiddenSize));
        foreach (var shard in sums.AsSpan(0, Shards.Of(forward.Batch).Count))
        {
            for (var i = 0; i < layer.GateBlocks.Length; i++)
            {
                var gate = layer.GateBlocks[i];
                if (gate.Hidden >= 0)
                {
                    shard.AddTo(layer.WeightHh.Gradient, layer.BiasHh.Gradient, gate.Hidden, i, first, end, 0);
                }

                if (gate.Input >= 0)
                {
                    shard.AddTo(layer.WeightIh.Gradient, layer.BiasIh.Gradient, gate.Input, i, first, end, layer.HiddenSize);
                }
            }
        }
    }

    /// <summary>Ends the pass: it can be read.</summary>
    public void Complete()
    {
        layer.AddOwnGradients(this);
        IsComplete = true;
        layer.LastBackward = this;
    }

    /// <summary>Throws unless there are gradients of so many initial states.</summary>
    public BackwardPass Require(int sequences) => IsComplete && StateGradient.Rows == sequences
        ? this
        : throw new InvalidOperationException(
            $"The last forward pass had {sequences} sequences, the last backward pass {(IsComplete ? StateGradient.Rows : 0)}: "
            + "there are no gradients of the state to show before it went back.");

    /// <summary>Copies ∂L/∂h_0 (and ∂L/∂c_0), each [B, H].</summary>
    public void ReadInitialStateGradient(Tensor hidden, Tensor? cell)
    {
        StateGradient.Read(hidden.Span, layer.HiddenSize, 0);
        if (cell is not null)
        {
            CellGradient.Read(cell.Span, layer.HiddenSize, 0);
        }
    }

    /// <summary>Copies a step's rows into a recording, [T, B, H].</summary>
    public void Record(PackedMatrix source, Tensor? target, int t, int first, int rows)
    {
        if (target is not null)
        {
            source.Read(target.Span.Slice(((t * forward.Batch) + first) * layer.HiddenSize, rows * layer.HiddenSize), layer.HiddenSize, first);
        }
    }

    /// <summary>Truncation: whether step t is the first of a later window, so that nothing of its gradient goes back to step t − 1.</summary>
    public bool IsCut(int t) => layer.GradientWindow is { } window && t > 0 && t % window == 0;

    private int Step(int t, int netRow, int first, int rows, PackedMatrix? inputGradient)
    {
        var (kernels, masking) = (forward.Kernels, forward.Masking);
        if (masking.IsOn)
        {
            masking.Hold(StateGradient, t, first, rows);
        }

        layer.StateGradientClip?.Apply(StateGradient, first, rows);
        Record(StateGradient, StateGradients, t, first, rows);
        var count = layer.StepBackward(this, t, netRow, first, rows);
        if (inputGradient is not null)
        {
            var target = inputGradient.Block((t * forward.Batch) + first, rows);
            Multiply(netRow, layer.GateBlocks.Length - layer.Gates, inputWeights, zero.RepeatFirst(), target);
        }

        var hasAbove = everyStep && t > 0;
        var above = hasAbove ? OutputGradient.Block(((t - 1) * forward.Batch) + first, rows) : zero.RepeatFirst();
        var state = StateGradient.Block(first, rows);
        if (!layer.HasDirectPath && !masking.IsOn && !IsCut(t))
        {
            Multiply(netRow, 0, hiddenWeights, above, state);
            return count;
        }

        var around = Direct.Block(first, rows);
        if (!layer.HasDirectPath || IsCut(t))
        {
            Direct.ClearRows(first, rows, layer.HiddenSize);
        }

        if (masking.IsOn)
        {
            masking.Release(Direct, t, first, rows);
        }

        if (hasAbove)
        {
            kernels.Add(around, above);
        }

        if (IsCut(t))
        {
            kernels.Copy(state, around);
        }
        else
        {
            Multiply(netRow, 0, hiddenWeights, around, state);
        }

        return count;
    }

    /// <summary>target = start + gradients of the gates from <paramref name="gate"/> on · weights.</summary>
    private void Multiply(int netRow, int gate, PackedMatrix weights, PackedRows start, PackedRows target) => forward.Kernels.Multiply(new GemmArguments
    {
        A = NetGradient.Block(netRow, target.Rows, gate * forward.UnitPanels, layer.Gates * forward.UnitPanels),
        B = weights.Block(0, weights.Rows),
        Start = start,
        C = target,
        Rows = target.Rows,
        Panels = weights.Panels,
        Inner = layer.HiddenSize,
        Segments = layer.Gates,
        SegmentPanels = forward.UnitPanels,
    });

    private void AddChunk(WeightGradients shard, int chunk, int steps, int first, int end)
    {
        foreach (var group in layer.GateGroups)
        {
            shard.Add(
                NetGradient, first, group.First, group.Count, forward.State, (chunk * forward.Batch) + first, forward.FirstPanel(group),
                forward.EndPanel(group), steps, end - first, forward.Batch);
        }

        shard.EndChunk();
    }

    /// <summary>The rows of a weight matrix, gate after gate, for the products of the backward pass.</summary>
    private void Pack(PackedMatrix target, Tensor weights, Func<GateBlock, int> block, Share share)
    {
        var (units, first, rows) = (layer.HiddenSize, share.First(layer.HiddenSize), share.End(layer.HiddenSize) - share.First(layer.HiddenSize));
        var done = 0;
        for (var i = 0; i < layer.GateBlocks.Length; i++)
        {
            if (block(layer.GateBlocks[i]) is >= 0 and var number)
            {
                target.Write(weights.Rows((number * units) + first, rows), target.Columns, done + first);
                done += units;
            }
        }
    }

    private Tensor Copy(ref Tensor? target, PackedMatrix source)
    {
        target = Tensor.Reuse(target, source.Rows, layer.HiddenSize);
        source.Read(target.Span, layer.HiddenSize, 0);
        return target;
    }
}
