namespace RnnBook;

/// <summary>A model in use: it reads a stream one time step at a time.</summary>
public sealed partial class SequenceModel
{
    private bool isStepping;

    /// <summary>
    /// Gets ready for <see cref="Step"/>: starts from <see cref="InitialState"/> and packs the weights as they are now. Changes of
    /// the weights are seen after the next call.
    /// </summary>
    /// <param name="size">Sequences B that are read side by side, 1 or more.</param>
    /// <exception cref="ArgumentException">The initial state is one of another number of sequences, or it or a parameter is NaN or ∞.</exception>
    public void BeginSteps(int size = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        using var taken = use.Take();
        InitialState?.RequireSize(size);
        FiniteCheck.RequireState(InitialState);
        FiniteCheck.RequireParameters(Parameters);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].BeginForward(1, size);
            Layers[i].PackForward(Share.All);
            Layers[i].SetState(InitialState?.Hidden[i], 0, size);
        }

        Head.BeginForward(size);
        output = RecurrentLayer.Reuse(output, size, Head.OutputSize);
        isStepping = true;
    }

    /// <summary>Reads one time step and goes on from the state that the step before ended in. Allocates nothing.</summary>
    /// <param name="x">Inputs, [B, I]; ids, [B, 1], if there is an embedding.</param>
    /// <returns>[B, O], owned by the model, overwritten by the next step.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an input is NaN or ∞.</exception>
    /// <exception cref="InvalidOperationException">There was no <see cref="BeginSteps"/>, or a forward pass since then.</exception>
    public Tensor Step(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var taken = use.Take();
        if (!isStepping)
        {
            throw new InvalidOperationException("Single steps begin with BeginSteps; a forward pass ends them.");
        }

        var size = Layers[0].RequireForward();
        x.RequireShape("x", size, InputSize);
        FiniteCheck.Require(x, "The input");
        var read = Embedding?.TakeIds(x, null) ?? x;
        Embedding?.LookUp(Share.All);
        for (var i = 0; i < Layers.Count; i++)
        {
            Layers[i].ForwardRows(i == 0 ? read : null, i == 0 ? null : Layers[i - 1], 0, size);
            Layers[i].CarryState();
        }

        Head.ForwardRows(Layers[^1].StateRows, size, 0, size, output!);
        return output!;
    }
}
