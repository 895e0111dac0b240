namespace RnnBook;

/// <summary>
/// A batch on its way through a model and back. On two threads each takes a half of the batch through all layers, and before and after that a
/// half of the parameters, of the ids, of the loss.
/// </summary>
internal sealed class ModelPass
{
    private readonly SequenceModel model;
    private readonly WorkerPair<ModelPass> workers;
    private readonly ForwardPass[] layers;
    private readonly LinearPass head;
    private readonly double[] losses = new double[2];
    private Batch? batch;
    private Loss? loss;
    private Tensor? input;
    private Tensor? output;
    private Tensor? outputGradient;
    private bool isStepping;

    public ModelPass(SequenceModel model)
    {
        this.model = model;
        workers = new WorkerPair<ModelPass>(this);
        layers = [.. model.Layers.Select(layer => new ForwardPass(layer))];
        head = new LinearPass(model.Head);
    }

    private ForwardPass Top => layers[^1];

    private Shards Shards => Shards.Of(Top.Batch);

    /// <summary>Where parameters are few, waking a thread for them would cost more than it saves.</summary>
    private bool SharesParameters => model.Threads > 1 && model.ParameterCount > 50_000;

    private bool SharesBatch => model.Threads > 1 && Shards.Count > 1;

    /// <summary>Answers a batch: [B, O], or [T, B, O] with an answer every step.</summary>
    /// <param name="x">Inputs or ids, of a shape that fits, not empty.</param>
    /// <param name="lengths">Each sequence's own length; null if all have T steps.</param>
    public Tensor Forward(Tensor x, int[]? lengths)
    {
        var (length, size) = (x.Shape[0], x.Shape[1]);
        isStepping = false;
        // Counted, not foreach, here and below: the enumerator of an interface is an allocation in every step.
        Begin(length, size, lengths);
        head.Begin(checked(model.EveryStep ? length * size : size));
        input = model.Embedding?.TakeIds(x, lengths) ?? x;
        output = model.EveryStep
            ? Tensor.Reuse(output, length, size, model.Head.OutputSize)
            : Tensor.Reuse(output, size, model.Head.OutputSize);
        workers.Run(SharesParameters, static (pass, share) => pass.PackForward(share));
        workers.Run(SharesBatch, static (pass, share) => pass.RunForward(share));
        foreach (var pass in layers)
        {
            pass.Complete();
        }

        if (!layers[0].IsInputFinite)
        {
            FiniteCheck.RequireInputs(x, lengths);
        }

        return output;
    }

    /// <summary>Forward, loss, and back: sets all gradients anew.</summary>
    public double Learn(Batch batch, Loss loss)
    {
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            model.Parameters[i].Gradient.Clear();
        }

        var answer = Forward(batch.Inputs, batch.Lengths);
        outputGradient = Tensor.Reuse(outputGradient, answer.Shape);
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Backward.Begin(model.EveryStep || i < layers.Length - 1, needInputGradient: i > 0 || model.Embedding is not null);
        }

        model.Embedding?.BeginBackward(layers[0].Kernels.Width);
        head.BeginBackward(answer.Count / model.Head.OutputSize);
        (this.batch, this.loss) = (batch, loss);
        workers.Run(SharesParameters, static (pass, share) => pass.PrepareBackward(share));
        workers.Run(SharesBatch, static (pass, share) => pass.RunBackward(share));
        workers.Run(SharesParameters, static (pass, share) => pass.AddGradients(share));
        foreach (var pass in layers)
        {
            pass.Backward.Complete();
        }

        head.AddGradients(Shards.Count);
        return losses[0] + losses[1];
    }

    /// <summary>Gets ready for single steps of so many sequences.</summary>
    public void BeginSteps(int size)
    {
        isStepping = false;
        Begin(1, size, null);
        foreach (var pass in layers)
        {
            pass.Pack(Share.All);
            pass.SetState(0, size);
        }

        head.Begin(size);
        output = Tensor.Reuse(output, size, model.Head.OutputSize);
        isStepping = true;
    }

    /// <summary>Reads one time step, [B, I].</summary>
    public Tensor Step(Tensor x)
    {
        if (!isStepping)
        {
            throw new InvalidOperationException("Single steps begin with BeginSteps; a forward pass ends them.");
        }

        var size = Top.Batch;
        x.RequireShape("x", size, model.InputSize);
        FiniteCheck.Require(x, "The input");
        var read = model.Embedding?.TakeIds(x, null) ?? x;

        // Whoever throws in the middle, such as an activation from outside, leaves no state to go on from.
        isStepping = false;
        model.Embedding?.LookUp(Share.All);
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Advance(i == 0 ? read : null, i == 0 ? null : layers[i - 1], 0, size);
            layers[i].CarryState();
        }

        head.Multiply(Top.State, size, 0, size, output!);
        isStepping = true;
        return output!;
    }

    /// <summary>Copies the state that the last pass ended in.</summary>
    public void ReadFinalState(SequenceState target)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].ReadFinalState(target.Hidden[i], target.Cell[i]);
        }
    }

    /// <summary>Copies the gradient with respect to the initial state.</summary>
    public void ReadInitialStateGradient(SequenceState target)
    {
        foreach (var pass in layers)
        {
            pass.Backward.Require(pass.Batch);
        }

        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Backward.ReadInitialStateGradient(target.Hidden[i], target.Cell[i]);
        }
    }

    /// <summary>How many sequences the last pass had, if it ended.</summary>
    public int RequireForward() => layers.All(pass => pass.IsComplete)
        ? Top.Batch
        : throw new InvalidOperationException("There is nothing to show before the model's first forward pass.");

    private void Begin(int length, int size, int[]? lengths)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            var state = model.InitialState;
            layers[i].Begin(length, size, lengths, state?.Hidden[i], state is null ? model.Layers[i].OwnInitialCell : state.Cell[i]);
        }
    }

    private void PackForward(Share share)
    {
        model.Embedding?.LookUp(share);
        foreach (var pass in layers)
        {
            pass.Pack(share);
        }
    }

    private void RunForward(Share share)
    {
        var (first, end) = (Shards.Start(share.First(Shards.Count)), Shards.Start(share.End(Shards.Count)));
        var (length, size) = (Top.Length, Top.Batch);
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Run(i == 0 ? input : null, i == 0 ? null : layers[i - 1], first, end);
        }

        for (var t = model.EveryStep ? 0 : length - 1; t < length; t++)
        {
            head.Multiply(Top.State, ((t + 1) * size) + first, (model.EveryStep ? t * size : 0) + first, end - first, output!);
        }
    }

    private void PrepareBackward(Share share)
    {
        // Always in halves: the sum must not depend on how many threads there are.
        for (var half = share.First(2); half < share.End(2); half++)
        {
            losses[half] = loss!.EvaluateShare(output!, batch!, outputGradient, new Share(half, 2));
        }

        foreach (var pass in layers)
        {
            pass.Backward.Pack(share);
        }
    }

    private void RunBackward(Share share)
    {
        var (firstShard, endShard) = (share.First(Shards.Count), share.End(Shards.Count));
        var (first, rows) = (Shards.Start(firstShard), Shards.Start(endShard) - Shards.Start(firstShard));
        var (size, steps) = (Top.Batch, model.EveryStep ? Top.Length : 1);
        var arriving = model.EveryStep ? Top.Backward.OutputGradient : Top.Backward.StateGradient;
        for (var row = first; row < steps * size; row += size)
        {
            head.ReadGradient(outputGradient!, row, rows);
            head.MultiplyBack(row, arriving.Block(row, rows));
        }

        for (var shard = firstShard; shard < endShard; shard++)
        {
            var start = Shards.Start(shard);
            head.AddSums(shard, Top.State, ((Top.Length - steps + 1) * size) + start, start, steps, Shards.Start(shard + 1) - start, size);
        }

        for (var i = layers.Length - 1; i >= 0; i--)
        {
            layers[i].Backward.Run(Shards, firstShard, endShard, i > 0 ? layers[i - 1].Backward.OutputGradient : model.Embedding?.OutputGradient);
        }
    }

    private void AddGradients(Share share)
    {
        foreach (var pass in layers)
        {
            pass.Backward.AddGradients(share);
        }

        model.Embedding?.AddGradients(share);
    }
}
