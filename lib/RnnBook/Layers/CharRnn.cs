namespace RnnBook;

/// <summary>
/// Article E's program (E §4), its class CharRNN: an embedding, n plain recurrent layers and a linear map of the last step. It reads letters as
/// ids and says how likely each letter is to come next; the initial state is passed in, the final one handed out.
/// </summary>
/// <remarks>
/// The program has tanh, an embedding as wide as the layers, and no start but PyTorch's. Cross-entropy and Adam are
/// <see cref="SoftmaxCrossEntropy"/> and <see cref="Adam"/>. Its tensors are batch-first, [B, T]; the book's are time-major, [T, B, 1].
/// </remarks>
public sealed class CharRnn
{
    /// <summary>Makes the network from PyTorch's default start.</summary>
    /// <param name="inputSize">Different letters that it reads.</param>
    /// <param name="hiddenSize">Units of each layer, H, and numbers of an embedded letter.</param>
    /// <param name="outputSize">Different letters that it may answer, O.</param>
    /// <param name="numLayers">Recurrent layers, 1 or more.</param>
    /// <param name="activation">f of the recurrent layers; null for tanh, which the program has.</param>
    /// <param name="random">Where the weights are drawn from; null for the stream of seed 1.</param>
    /// <param name="everyStep">Whether there is an answer after every step; the program answers only after the last.</param>
    public CharRnn(
        int inputSize, int hiddenSize, int outputSize, int numLayers = 1, Activation? activation = null, RandomSource? random = null, bool everyStep = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numLayers);
        random ??= new RandomSource(1);
        Encoder = new Embedding(inputSize, hiddenSize, random);
        Layers = [.. Enumerable.Range(0, numLayers).Select(_ => new Rnn(hiddenSize, hiddenSize, activation, random))];
        Decoder = new Linear(hiddenSize, outputSize, random);
        Model = new SequenceModel(Encoder, Layers, Decoder, everyStep);
    }

    /// <summary>The embedding, [letters, H].</summary>
    public Embedding Encoder { get; }

    /// <summary>The recurrent layers, from the letters up.</summary>
    public IReadOnlyList<Rnn> Layers { get; }

    /// <summary>The linear map from the last layer's states to a score for each letter.</summary>
    public Linear Decoder { get; }

    /// <summary>All of it as one model: to train, to read letter by letter, to store.</summary>
    public SequenceModel Model { get; }

    /// <summary>Reads letters from a given state.</summary>
    /// <param name="x">Ids of letters, [T, B, 1].</param>
    /// <param name="h0">The initial state, [B, H] of each layer; <see cref="SequenceModel.NewState"/> gives zeros. It is not changed.</param>
    /// <returns>
    /// A score for each letter, [B, O] (or [T, B, O]), owned by the model; and the state after the last step, a new one, from which the text goes on.
    /// </returns>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is no letter's id.</exception>
    public (Tensor Output, SequenceState State) Forward(Tensor x, SequenceState h0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(h0);
        Model.InitialState = h0;
        try
        {
            var output = Model.Forward(x);
            var state = Model.NewState(x.Shape[1]);
            Model.ReadFinalState(state);
            return (output, state);
        }
        finally
        {
            Model.InitialState = null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"CharRnn: {Model}";
}
