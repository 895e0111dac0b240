namespace RnnBook;

/// <summary>A dense layer: y = W x + b, row by row.</summary>
public sealed unsafe class Linear
{
    private const int ChunkRows = 128;

    private readonly Strips input = new();
    private readonly Strips weights = new();
    private readonly Strips bias = new();
    private readonly Strips output = new();
    private readonly Strips outputGradient = new();
    private readonly Strips inputGradient = new();
    private readonly Strips backwardWeights = new();
    private readonly Strips zero = new();
    private readonly WeightSums[] sums = [new(), new()];
    private Tensor? x;
    private Tensor? y;
    private Tensor? dx;

    /// <summary>Makes a layer with PyTorch's default start: uniform in ±1/√inputs.</summary>
    /// <param name="inputSize">Inputs.</param>
    /// <param name="outputSize">Outputs, O.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    public Linear(int inputSize, int outputSize, RandomSource? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputSize);
        InputSize = inputSize;
        OutputSize = outputSize;
        Weight = new Parameter("weight", outputSize, inputSize);
        Bias = new Parameter("bias", outputSize);
        Use = new SoleUse(this);
        Parameters = [Weight, Bias];
        random ??= new RandomSource(1);
        var bound = 1 / Math.Sqrt(inputSize);
        foreach (var parameter in Parameters)
        {
            foreach (ref var value in parameter.Value.Span)
            {
                value = (float)random.NextUniform(-bound, bound);
            }
        }
    }

    /// <summary>Inputs.</summary>
    public int InputSize { get; }

    /// <summary>Outputs, O.</summary>
    public int OutputSize { get; }

    /// <summary>W, [O, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [O].</summary>
    public Parameter Bias { get; }

    /// <summary>W and b.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>y of the last forward pass.</summary>
    internal Tensor Output => y ?? throw new InvalidOperationException("There is no output before the first forward pass.");

    /// <summary>What computes; tests compare all widths of register.</summary>
    internal Kernels Kernels { get; set; } = Kernels.Best;

    /// <summary>Held by whoever computes with the layer.</summary>
    internal SoleUse Use { get; }

    private int Width => Kernels.Width;

    private int OutputStrips => Strips.For(OutputSize, Width);

    private int InputStrips => Strips.For(InputSize, Width);

    /// <summary>Computes y.</summary>
    /// <param name="x">[B, inputs] or [T, B, inputs].</param>
    /// <returns>[B, O] or [T, B, O], owned by the layer: the next forward pass overwrites it.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or there is no row.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var use = Use.Take();
        RequireRows(x, "x", InputSize);
        this.x = x;
        y = x.Rank == 2 ? RecurrentLayer.Reuse(y, x.Shape[0], OutputSize) : RecurrentLayer.Reuse(y, x.Shape[0], x.Shape[1], OutputSize);
        var rows = x.Count / InputSize;
        input.Resize(Width, rows, InputSize);
        fixed (float* from = x.Span)
        {
            input.Write(from, InputSize, rows, InputSize, 0, 0);
        }

        BeginForward(rows);
        ForwardRows(input, 0, 0, rows, y);
        return y;
    }

    /// <summary>Adds to the gradients of W and b.</summary>
    /// <param name="outputGradient">∂L/∂y, shape of the last output.</param>
    /// <param name="needInputGradient">Whether ∂L/∂x is wanted.</param>
    /// <returns>∂L/∂x, shape of the last input, owned by the layer; null if not wanted.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass yet.</exception>
    /// <exception cref="ArgumentException">The shape does not fit the last forward pass.</exception>
    public Tensor? Backward(Tensor outputGradient, bool needInputGradient = true)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        using var use = Use.Take();
        if (x is null || y is null)
        {
            throw new InvalidOperationException("There is no backward pass before the first forward pass.");
        }

        outputGradient.RequireShape("The output's gradient", y.Shape);
        var rows = input.Rows;
        BeginBackward(rows);
        inputGradient.Resize(Width, rows, InputSize);
        ReadGradient(outputGradient, 0, rows);
        AddSums(0, input, 0, 0, 1, rows, rows);
        EndBackward(1);
        if (!needInputGradient)
        {
            return null;
        }

        dx = RecurrentLayer.Reuse(dx, x.Shape);
        BackwardRows(0, new Rows(inputGradient, 0), rows);
        fixed (float* to = dx.Span)
        {
            inputGradient.Read(to, InputSize, rows, InputSize, 0, 0);
        }

        return dx;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Linear: {InputSize} → {OutputSize}";

    /// <summary>Makes room for so many rows of output and packs the weights.</summary>
    internal void BeginForward(int rows)
    {
        output.Resize(Width, rows, OutputSize);
        weights.Resize(Width, InputSize, OutputSize);
        bias.Resize(Width, 1, OutputSize);
        fixed (float* w = Weight.Value.Span, b = Bias.Value.Span)
        {
            bias.Write(b, OutputSize, 1, OutputSize, 0, 0);
            for (var strip = 0; strip < OutputStrips; strip++)
            {
                var unit = strip * Width;
                weights.WriteTransposed(w + ((nint)unit * InputSize), InputSize, Math.Min(Width, OutputSize - unit), InputSize, 0, strip);
            }
        }
    }

    /// <summary>Rows of output from rows of a source, and their copy in a tensor.</summary>
    internal void ForwardRows(Strips source, int sourceRow, int row, int rows, Tensor target)
    {
        Kernels.Multiply(new Product
        {
            A = new Rows(source, sourceRow),
            B = new Rows(weights, 0),
            Start = new Rows(bias, 0),
            C = new Rows(output, row),
            RowCount = rows,
            StripCount = OutputStrips,
            Steps = InputSize,
        });
        fixed (float* to = target.Span)
        {
            output.Read(to + ((nint)row * OutputSize), OutputSize, rows, OutputSize, row, 0);
        }
    }

    /// <summary>Makes room for so many rows of gradients and packs the weights.</summary>
    internal void BeginBackward(int rows)
    {
        outputGradient.Resize(Width, rows, OutputSize);
        backwardWeights.Resize(Width, OutputSize, InputSize);
        zero.Resize(Width, 1, Width);
        fixed (float* w = Weight.Value.Span)
        {
            backwardWeights.Write(w, InputSize, OutputSize, InputSize, 0, 0);
        }

        foreach (var shard in sums)
        {
            shard.Begin(Kernels, 1, OutputSize, InputSize);
        }
    }

    /// <summary>Takes rows of ∂L/∂y from a tensor.</summary>
    internal void ReadGradient(Tensor source, int row, int rows)
    {
        fixed (float* from = source.Span)
        {
            outputGradient.Write(from + ((nint)row * OutputSize), OutputSize, rows, OutputSize, row, 0);
        }
    }

    /// <summary>∂L/∂x of some rows.</summary>
    internal void BackwardRows(int row, Rows target, int rows) => Kernels.Multiply(new Product
    {
        A = new Rows(outputGradient, row),
        B = new Rows(backwardWeights, 0),
        Start = Rows.Same(zero),
        C = target,
        RowCount = rows,
        StripCount = InputStrips,
        Steps = OutputSize,
    });

    /// <summary>Adds to the weights' sums of a part of the batch: from each of some steps, <paramref name="batch"/> rows long, the same rows.</summary>
    internal void AddSums(int shard, Strips source, int sourceRow, int row, int steps, int rows, int batch)
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

    /// <summary>Adds the sums to the parameters' gradients, part after part.</summary>
    internal void EndBackward(int shards)
    {
        foreach (var shard in sums.AsSpan(0, shards))
        {
            shard.AddTo(Weight.Gradient, Bias.Gradient, 0, 0, OutputSize, 0, OutputSize, 0);
        }
    }

    private void AddChunk(int shard, Strips source, int sourceRow, int row, int steps, int rows, int batch)
    {
        sums[shard].Add(outputGradient, row, 0, 1, OutputSize, source, sourceRow, 0, InputStrips, steps, rows, batch);
        sums[shard].EndChunk();
    }

    private static void RequireRows(Tensor tensor, string what, int size)
    {
        if (tensor.Rank == 2)
        {
            tensor.RequireShape(what, -1, size);
        }
        else
        {
            tensor.RequireShape(what, -1, -1, size);
        }

        if (tensor.Count == 0)
        {
            throw new ArgumentException($"{what} is {tensor.ShapeText}: there is no row in it.");
        }
    }
}
