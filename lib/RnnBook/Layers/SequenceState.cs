namespace RnnBook;

/// <summary>What a model knows of its sequences between two steps: the hidden state of every layer, and the cell state of an LSTM.</summary>
public sealed class SequenceState
{
    internal SequenceState(IReadOnlyList<RecurrentLayer> layers, int size)
    {
        Size = size;
        Hidden = [.. layers.Select(layer => new Tensor(size, layer.HiddenSize))];
        Cell = [.. layers.Select(layer => layer.HasCell ? new Tensor(size, layer.HiddenSize) : null)];
    }

    /// <summary>Sequences B.</summary>
    public int Size { get; }

    /// <summary>h of each layer, [B, H].</summary>
    public IReadOnlyList<Tensor> Hidden { get; }

    /// <summary>c of each layer, [B, H]; null for a layer that has none.</summary>
    public IReadOnlyList<Tensor?> Cell { get; }

    /// <summary>Sets all of it to zero: the state before the first step.</summary>
    public void Clear()
    {
        for (var i = 0; i < Hidden.Count; i++)
        {
            Hidden[i].Clear();
            Cell[i]?.Clear();
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"state of {Size} sequences: {string.Join(" · ", Hidden.Zip(Cell, (h, c) => $"h {h.ShapeText}{(c is null ? "" : $", c {c.ShapeText}")}"))}";

    internal void RequireSize(int size)
    {
        if (size != Size)
        {
            throw new ArgumentException($"The state is one of {Size} sequences, but there are {size}.");
        }
    }
}
