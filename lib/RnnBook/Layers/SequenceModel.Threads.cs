namespace RnnBook;

/// <summary>How the threads share a step: each takes a half of the batch through all layers, and before and after a half of the parameters, of the ids, of the loss.</summary>
public sealed partial class SequenceModel
{
    /// <summary>Both halves of the batch: at once on two threads, or as one.</summary>
    private void Run(Action<int> half, Action<int, int> halves)
    {
        var shards = Shards.Of(input!.Shape[1]).Count;
        if (Threads > 1 && shards > 1)
        {
            pair.Run(half);
        }
        else
        {
            halves(0, shards);
        }
    }

    /// <summary>Both halves of work between the passes. Where parameters are few, waking a thread would cost more than it saves.</summary>
    private void RunHalves(Action<int> half)
    {
        if (Threads > 1 && ParameterCount > 50_000)
        {
            pair.Run(half);
        }
        else
        {
            half(0);
            half(1);
        }
    }

    private void BeforeForward(Share share)
    {
        Embedding?.LookUp(share);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].PackForward(share);
        }
    }

    private void BeforeBackward(Share share)
    {
        losses[share.Index] = loss!.EvaluateShare(output!, batch!, outputGradient, share);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].PackBackward(share);
        }
    }

    private void AddGradients(Share share)
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].AddGradients(share);
        }

        Embedding?.AddGradients(share);
    }

    private void ForwardShards(int shard, int endShard)
    {
        var (length, size) = (input!.Shape[0], input.Shape[1]);
        var shards = Shards.Of(size);
        var (first, rows) = (shards.Start(shard), shards.Start(endShard) - shards.Start(shard));
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].ForwardRows(i == 0 ? input : null, i == 0 ? null : Layers[i - 1], InitialState?.Hidden[i], first, first + rows);
        }

        for (var t = EveryStep ? 0 : length - 1; t < length; t++)
        {
            Head.ForwardRows(Layers[^1].StateRows, ((t + 1) * size) + first, (EveryStep ? t * size : 0) + first, rows, output!);
        }
    }

    private void BackwardShards(int shard, int endShard)
    {
        var (length, size) = (input!.Shape[0], input.Shape[1]);
        var shards = Shards.Of(size);
        var (first, rows) = (shards.Start(shard), shards.Start(endShard) - shards.Start(shard));
        var top = Layers[^1];
        var steps = EveryStep ? length : 1;
        for (var t = 0; t < steps; t++)
        {
            var row = (t * size) + first;
            Head.ReadGradient(outputGradient!, row, rows);
            Head.BackwardRows(row, new Rows(EveryStep ? top.OutputGradientRows : top.StateGradientRows, row), rows);
        }

        for (var s = shard; s < endShard; s++)
        {
            var start = shards.Start(s);
            Head.AddSums(s, top.StateRows, ((length - steps + 1) * size) + start, start, steps, shards.Start(s + 1) - start, size);
        }

        for (var i = Layers.Count - 1; i >= 0; i--)
        {
            Layers[i].BackwardRows(shards, shard, endShard, i > 0 ? Layers[i - 1].OutputGradientRows : Embedding?.OutputGradientRows);
        }
    }
}
