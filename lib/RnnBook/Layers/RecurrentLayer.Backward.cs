namespace RnnBook;

/// <summary>
/// Back-propagation through time. Each step turns ∂L/∂h_t into the gradient of its pre-activations (<c>netGradient</c>) and that,
/// by one product with the recurrent weights, into ∂L/∂h_{t−1}. A chunk of steps keeps its gradients until the weights' share is
/// summed, while they are still in the cache.
/// </summary>
public abstract unsafe partial class RecurrentLayer
{
    /// <summary>Rows of a chunk: enough to pay for reading and writing the sums, few enough to stay in the cache.</summary>
    private const int ChunkRows = 256;

    private readonly long[] flushed = new long[2];
    private readonly WeightSums[] sums = [new(), new()];
    private readonly Strips direct = new();
    private readonly Strips netGradient = new();
    private readonly Strips stateGradient = new();
    private readonly Strips outputGradient = new();
    private readonly Strips inputGradientRows = new();
    private readonly Strips hiddenWeights = new();
    private readonly Strips inputWeights = new();
    private bool everyStep;

    /// <summary>∂L/∂h_t as it arrives from later steps, [B, H] rows; a head that reads the last step writes here.</summary>
    internal Strips StateGradientRows => stateGradient;

    /// <summary>∂L/∂h_t as it arrives from above, [T·B, H] rows.</summary>
    internal Strips OutputGradientRows => outputGradient;

    /// <summary>Whether part of ∂L/∂h_t reaches h_{t−1} around the recurrent weights.</summary>
    private protected virtual bool HasDirectPath => false;

    /// <summary>Makes room for a backward pass.</summary>
    internal void BeginBackward(bool everyStep, bool needInputGradient)
    {
        this.everyStep = everyStep;
        stateGradient.Resize(Width, Batch, HiddenSize);
        direct.Resize(Width, Batch, HiddenSize);
        held.Resize(Width, Batch, HiddenSize);
        if (everyStep)
        {
            outputGradient.Resize(Width, Length * Batch, HiddenSize);
        }

        netGradient.Resize(Width, ChunkSteps * Batch, parts.Length * UnitStrips * Width);
        StateGradients = RecordStateGradients ? Reuse(StateGradients, Length, Batch, HiddenSize) : null;
        Array.Clear(flushed);
        PrepareBackward();
        foreach (var shard in sums)
        {
            shard.Begin(Kernels, parts.Length, HiddenSize, HiddenSize + InputSize);
        }

        hiddenWeights.Resize(Width, Gates * HiddenSize, HiddenSize);
        inputWeights.Resize(Width, needInputGradient ? Gates * HiddenSize : 0, InputSize);
    }

    /// <summary>Packs a share of the weights for the backward pass.</summary>
    internal void PackBackward(Share share)
    {
        PackRows(hiddenWeights, WeightHh.Value, static part => part.Hidden, share);
        if (inputWeights.Rows > 0)
        {
            PackRows(inputWeights, WeightIh.Value, static part => part.Input, share);
        }
    }

    /// <summary>Takes some parts of the batch back through all steps.</summary>
    /// <param name="shards">The batch's parts.</param>
    /// <param name="firstShard">First part.</param>
    /// <param name="endShard">Where the parts end.</param>
    /// <param name="inputGradient">Receives ∂L/∂x, [T·B, I] rows; null if not wanted.</param>
    internal void BackwardRows(Shards shards, int firstShard, int endShard, Strips? inputGradient)
    {
        var (first, end) = (shards.Start(firstShard), shards.Start(endShard));
        if (everyStep)
        {
            var last = new Rows(outputGradient, ((Length - 1) * Batch) + first);
            Kernels.Copy(new Rows(stateGradient, first), last, end - first, UnitStrips);
        }

        var count = 0L;
        for (var chunkEnd = Length; chunkEnd > 0; chunkEnd -= ChunkSteps)
        {
            var chunk = Math.Max(0, chunkEnd - ChunkSteps);
            for (var t = chunkEnd - 1; t >= chunk; t--)
            {
                count += Step(t, ((t - chunk) * Batch) + first, first, end - first, inputGradient);
            }

            for (var shard = firstShard; shard < endShard; shard++)
            {
                AddChunk(sums[shard], chunk, chunkEnd - chunk, shards.Start(shard), shards.Start(shard + 1));
            }
        }

        flushed[firstShard] = count;
    }

    /// <summary>Adds a share of the sums to the parameters' gradients, each of them part after part of the batch.</summary>
    internal void AddGradients(Share share)
    {
        var (first, end) = (share.First(HiddenSize), share.End(HiddenSize));
        foreach (var shard in sums.AsSpan(0, Shards.Of(Batch).Count))
        {
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i].Hidden >= 0)
                {
                    shard.AddTo(WeightHh.Gradient, BiasHh.Gradient, parts[i].Hidden, i, HiddenSize, first, end, 0);
                }

                if (parts[i].Input >= 0)
                {
                    shard.AddTo(WeightIh.Gradient, BiasIh.Gradient, parts[i].Input, i, HiddenSize, first, end, HiddenSize);
                }
            }
        }
    }

    /// <summary>Ends a backward pass.</summary>
    internal void EndBackward()
    {
        FlushedGradients = flushed.Sum();
        EndCell();
    }

    /// <summary>Adds to the gradients of what else the layer learns.</summary>
    private protected virtual void EndCell()
    {
    }

    /// <summary>Makes room for what the cell takes back besides ∂L/∂h.</summary>
    private protected virtual void PrepareBackward()
    {
    }

    /// <summary>From ∂L/∂h_t to the gradients of the pre-activations of step t (and to what goes the direct path).</summary>
    /// <returns>How many were flushed to zero.</returns>
    private protected abstract int StepBackward(int t, Rows stateGradient, Rows direct, Rows netGradient, int first, int rows);

    /// <summary>Copies rows from <paramref name="row"/> on, as many and as wide as the target's.</summary>
    private protected static void Read(Strips source, int row, Tensor target)
    {
        var columns = target.Shape[^1];
        fixed (float* values = target.Span)
        {
            source.Read(values, columns, target.Count / columns, columns, row, 0);
        }
    }

    private static void Write(Tensor source, Strips target)
    {
        fixed (float* values = source.Span)
        {
            target.Write(values, target.Columns, target.Rows, target.Columns, 0, 0);
        }
    }

    /// <summary>Copies a step's rows into a recording, [T, B, H].</summary>
    private protected void Record(Strips source, Tensor? target, int t, int first, int rows)
    {
        if (target is not null)
        {
            fixed (float* values = target.Span)
            {
                source.Read(values + ((nint)((t * Batch) + first) * HiddenSize), HiddenSize, rows, HiddenSize, first, 0);
            }
        }
    }

    private int ChunkSteps => Math.Clamp(ChunkRows / ((Batch + 1) / 2), 1, Length);

    private int Step(int t, int netRow, int first, int rows, Strips? inputGradient)
    {
        if (isMasked)
        {
            Hold(stateGradient, held, t, first, rows);
        }

        StateGradientClip?.Apply(stateGradient, first, rows);
        Record(stateGradient, StateGradients, t, first, rows);
        var count = StepBackward(t, new Rows(stateGradient, first), new Rows(direct, first), new Rows(netGradient, netRow), first, rows);
        if (inputGradient is not null)
        {
            Multiply(netRow, parts.Length - Gates, inputWeights, Rows.Same(zero), 0, new Rows(inputGradient, (t * Batch) + first), rows);
        }

        var above = new Rows(everyStep && t > 0 ? outputGradient : zero, everyStep && t > 0 ? ((t - 1) * Batch) + first : 0);
        if (HasDirectPath || isMasked || IsCut(t))
        {
            var around = new Rows(direct, first);
            if (!HasDirectPath || IsCut(t))
            {
                direct.ClearRows(first, rows, HiddenSize);
            }

            if (isMasked)
            {
                Release(held, direct, t, first, rows);
            }

            if (everyStep && t > 0)
            {
                Kernels.Add(around, above, rows, UnitStrips);
            }

            if (IsCut(t))
            {
                Kernels.Copy(new Rows(stateGradient, first), around, rows, UnitStrips);
            }
            else
            {
                Multiply(netRow, 0, hiddenWeights, around, Width, new Rows(stateGradient, first), rows);
            }
        }
        else if (everyStep && t > 0)
        {
            Multiply(netRow, 0, hiddenWeights, above, Width, new Rows(stateGradient, first), rows);
        }
        else
        {
            Multiply(netRow, 0, hiddenWeights, Rows.Same(zero), 0, new Rows(stateGradient, first), rows);
        }

        return count;
    }

    /// <summary>target = start + gradients of the groups from <paramref name="part"/> on · weights.</summary>
    private void Multiply(int netRow, int part, Strips weights, Rows start, nint startRow, Rows target, int rows) => Kernels.Multiply(new Product
    {
        A = new Rows(netGradient, netRow, part * UnitStrips),
        B = new Rows(weights, 0),
        Start = start,
        StartRow = startRow,
        C = target,
        RowCount = rows,
        StripCount = weights.Count,
        Steps = HiddenSize,
        Segments = weights.Rows / HiddenSize,
        Segment = UnitStrips * netGradient.Stride,
    });

    private void AddChunk(WeightSums shard, int chunk, int steps, int first, int end)
    {
        foreach (var block in blocks)
        {
            shard.Add(
                netGradient, first, block.First, block.Count, HiddenSize, state, (chunk * Batch) + first, FirstStrip(block),
                block.Input ? state.Count : UnitStrips, steps, end - first, Batch);
        }

        shard.EndChunk();
    }

    /// <summary>The rows of a weight matrix, group after group, for the products of the backward pass.</summary>
    private void PackRows(Strips target, Tensor weights, Func<Part, int> block, Share share)
    {
        var (first, rows) = (share.First(HiddenSize), share.End(HiddenSize) - share.First(HiddenSize));
        fixed (float* values = weights.Span)
        {
            var done = 0;
            foreach (var part in parts)
            {
                if (block(part) >= 0)
                {
                    var source = values + ((nint)((block(part) * HiddenSize) + first) * target.Columns);
                    target.Write(source, target.Columns, rows, target.Columns, done + first, 0);
                    done += HiddenSize;
                }
            }
        }
    }
}
