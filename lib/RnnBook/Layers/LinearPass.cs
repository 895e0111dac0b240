namespace RnnBook;

/// <summary>
/// A batch on its way through a dense layer and back. As with <see cref="ForwardPass"/> the memory is the pass's own: the layer has one, and each
/// net that it stands in another.
/// </summary>
internal sealed class LinearPass(Linear layer)
{
    private const int ChunkRows = 128;

    // Numbers of an input that is much larger than a cache are taken so many at a time: a fifth less time for 8,192 rows of 512. Pieces of a sixteenth of this took longer.
    private const int PieceSize = 1 << 20;

    private readonly PackedMatrix input = new();
    private readonly PackedMatrix weights = new();
    private readonly PackedMatrix bias = new();
    private readonly PackedMatrix output = new();
    private readonly PackedMatrix outputGradient = new();
    private readonly PackedMatrix inputGradient = new();
    private readonly PackedMatrix backwardWeights = new();
    private readonly PackedMatrix zero = new();
    private readonly WeightGradients[] sums = [new(), new()];
    private Kernels kernels = Kernels.Best;
    private Tensor? x;
    private Tensor? y;
    private Tensor? dx;

    /// <summary>y of the last forward pass.</summary>
    public Tensor Output => y ?? throw new InvalidOperationException("There is no output before the first forward pass.");

    /// <summary>Computes y from x, [B, inputs] or [T, B, inputs].</summary>
    public Tensor Forward(Tensor x)
    {
        using var use = layer.Use.Take();
        RequireRows(x);
        var rows = x.Count / layer.InputSize;
        this.x = null;
        y = x.Rank == 2 ? Tensor.Reuse(y, rows, layer.OutputSize) : Tensor.Reuse(y, x.Shape[0], x.Shape[1], layer.OutputSize);
        input.Resize(layer.Kernels.Width, rows, layer.InputSize);
        Begin(rows);
        var piece = Math.Max(ChunkRows, PieceSize / layer.InputSize);
        for (var row = 0; row < rows; row += piece)
        {
            // Multiplied, and copied, while it is still in the cache.
            var count = Math.Min(piece, rows - row);
            input.Write(x.Span.Slice(row * layer.InputSize, count * layer.InputSize), layer.InputSize, row);
            Multiply(input, row, row, count, y);
        }

        this.x = x;
        return y;
    }

    /// <summary>Adds to the gradients; gives ∂L/∂x if wanted.</summary>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient)
    {
        using var use = layer.Use.Take();
        if (x is null || y is null)
        {
            throw new InvalidOperationException("There is no backward pass before the first forward pass.");
        }

        outputGradient.RequireShape("The output's gradient", y.Shape);
        var rows = input.Rows;
        BeginBackward(rows);
        ReadGradient(outputGradient, 0, rows);
        AddSums(0, input, 0, 0, 1, rows, rows);
        AddGradients(1);
        if (!needInputGradient)
        {
            return null;
        }

        inputGradient.Resize(kernels.Width, rows, layer.InputSize);
        dx = Tensor.Reuse(dx, x.Shape);
        MultiplyBack(0, inputGradient.Block(0, rows));
        inputGradient.Read(dx.Span, layer.InputSize, 0);
        return dx;
    }

    /// <summary>Makes room for so many rows of output and packs the weights.</summary>
    public void Begin(int rows)
    {
        kernels = layer.Kernels;
        var width = kernels.Width;
        output.Resize(width, rows, layer.OutputSize);
        weights.Resize(width, layer.InputSize, layer.OutputSize);
        bias.Resize(width, 1, layer.OutputSize);
        bias.Write(layer.Bias.Value.Span, layer.OutputSize, 0);
        for (var panel = 0; panel < weights.Panels; panel++)
        {
            var unit = panel * width;
            weights.WriteTransposed(layer.Weight.Value.Rows(unit, Math.Min(width, layer.OutputSize - unit)), layer.InputSize, 0, panel);
        }
    }

    /// <summary>Rows of output from rows of a source, and their copy in a tensor.</summary>
    public void Multiply(PackedMatrix source, int sourceRow, int row, int rows, Tensor target)
    {
        kernels.Multiply(new GemmArguments
        {
            A = source.Block(sourceRow, rows),
            B = weights.Block(0, weights.Rows),
            Start = bias.Repeat(0, 0, bias.Panels),
            C = output.Block(row, rows),
            Rows = rows,
            Panels = output.Panels,
            Inner = layer.InputSize,
        });
        output.Read(target.Span.Slice(row * layer.OutputSize, rows * layer.OutputSize), layer.OutputSize, row);
    }

    /// <summary>Makes room for so many rows of gradients and packs the weights.</summary>
    public void BeginBackward(int rows)
    {
        var width = kernels.Width;
        outputGradient.Resize(width, rows, layer.OutputSize);
        backwardWeights.Resize(width, layer.OutputSize, layer.InputSize);
        zero.Resize(width, 1, width);
        backwardWeights.Write(layer.Weight.Value.Span, layer.InputSize, 0);
        foreach (var shard in sums)
        {
            shard.Begin(kernels, 1, layer.OutputSize, layer.InputSize);
        }
    }

    /// <summary>Takes rows of ∂L/∂y from a tensor.</summary>
    public void ReadGradient(Tensor source, int row, int rows) =>
        outputGradient.Write(source.Span.Slice(row * layer.OutputSize, rows * layer.OutputSize), layer.OutputSize, row);

    /// <summary>∂L/∂x of some rows.</summary>
    public void MultiplyBack(int row, PackedRows target) => kernels.Multiply(new GemmArguments
    {
        A = outputGradient.Block(row, target.Rows),
        B = backwardWeights.Block(0, backwardWeights.Rows),
        Start = zero.RepeatFirst(),
        C = target,
        Rows = target.Rows,
        Panels = backwardWeights.Panels,
        Inner = layer.OutputSize,
    });

    /// <summary>Adds to the weights' sums of a shard of the batch: from each of some steps, <paramref name="batch"/> rows long, the same rows.</summary>
    public void AddSums(int shard, PackedMatrix source, int sourceRow, int row, int steps, int rows, int batch)
    {
        if (steps == 1)
        {
            // One long run of rows is cut like many steps: the sums depend on nothing but the shape.
            for (var done = 0; done < rows; done += ChunkRows)
            {
                AddChunk(shard, source, sourceRow + done, row + done, 1, Math.Min(ChunkRows, rows - done), batch);
            }

            return;
        }

        var chunk = Math.Max(1, ChunkRows / rows);
        for (var step = 0; step < steps; step += chunk)
        {
            AddChunk(shard, source, sourceRow + (step * batch), row + (step * batch), Math.Min(chunk, steps - step), rows, batch);
        }
    }

    /// <summary>Adds the sums to the parameters' gradients, shard after shard.</summary>
    public void AddGradients(int shards)
    {
        foreach (var shard in sums.AsSpan(0, shards))
        {
            shard.AddTo(layer.Weight.Gradient, layer.Bias.Gradient, 0, 0, 0, layer.OutputSize, 0);
        }
    }

    private void AddChunk(int shard, PackedMatrix source, int sourceRow, int row, int steps, int rows, int batch)
    {
        sums[shard].Add(outputGradient, row, 0, 1, source, sourceRow, 0, PackedMatrix.PanelsOf(layer.InputSize, kernels.Width), steps, rows, batch);
        sums[shard].EndChunk();
    }

    private void RequireRows(Tensor x)
    {
        if (x.Rank == 2)
        {
            x.RequireShape("x", -1, layer.InputSize);
        }
        else
        {
            x.RequireShape("x", -1, -1, layer.InputSize);
        }

        if (x.Count == 0)
        {
            throw new ArgumentException($"x is {x.ShapeText}: there is no row in it.");
        }
    }
}
