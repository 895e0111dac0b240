using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// The sigmoid's best start: a sigmoid net is a tanh net in other units, and may start where the tanh net does. Draw the weights that
/// tanh would start from, then call <c>CentreSigmoid</c> once.
/// </summary>
/// <remarks>
/// σ(2a) = (1 + tanh a)/2, so a sigmoid unit s stands for the tanh unit h = 2s − 1. What a tanh net computes from h by W h + b is
/// 2W s + b − W·1 from s, and σ needs twice the pre-activation of tanh. Hence 4W and 2b − 2W·1 between hidden layers (and for W_hh), 2W and
/// 2b for raw inputs, 2W and b − W·1 for the output. All states then are (1 + tanh net's)/2 and all answers the same, exactly but for
/// rounding. A recurrent net starts from s = ½, tanh's 0: see <see cref="CentreSigmoid(SequenceModel)"/>.
/// </remarks>
public static class CentredSigmoid
{
    /// <summary>Turns weights that suit tanh into those of the sigmoid net with the same answers.</summary>
    /// <param name="net">A net with sigmoid units, which is returned.</param>
    /// <exception cref="ArgumentException">Its units are no sigmoids.</exception>
    public static FeedForward CentreSigmoid(this FeedForward net)
    {
        ArgumentNullException.ThrowIfNull(net);
        if (net.Activation is not Sigmoid)
        {
            throw new ArgumentException($"Only sigmoids are centred, but this is {net}.", nameof(net));
        }

        for (var l = 0; l < net.Layers.Count; l++)
        {
            var (weight, bias) = (net.Layers[l].Weight.Value, net.Layers[l].Bias.Value);
            if (l > 0)
            {
                ReadSigmoids(weight, bias);
            }

            if (l < net.Layers.Count - 1)
            {
                Double(weight, bias);
            }
        }

        return net;
    }

    /// <summary>
    /// Turns the weights of all layers and of the head, which suit tanh, into those of the sigmoid net with the same answers, as long as each
    /// sequence starts from ½ in every unit, tanh's 0: <c>state = model.NewState(B); state.Hidden[i].Fill(0.5f); model.InitialState = state</c>.
    /// From zeros it does what the tanh net does from −1.
    /// </summary>
    /// <param name="model">A model of plain recurrent layers with sigmoid units, which is returned.</param>
    /// <exception cref="ArgumentException">A layer has other units, or a shortcut.</exception>
    public static SequenceModel CentreSigmoid(this SequenceModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var layer in model.Layers)
        {
            RequireSigmoid(layer as Rnn, layer);
        }

        for (var i = 0; i < model.Layers.Count; i++)
        {
            ((Rnn)model.Layers[i]).CentreSigmoid(readsSigmoids: i > 0);
        }

        ReadSigmoids(model.Head.Weight.Value, model.Head.Bias.Value);
        return model;
    }

    /// <summary>Turns weights that suit tanh into those of a sigmoid layer with the states (1 + tanh's)/2, as long as it starts from ½.</summary>
    /// <param name="rnn">A layer with sigmoid units, which is returned.</param>
    /// <param name="readsSigmoids">Whether its inputs are centred sigmoids, too, instead of the data.</param>
    /// <exception cref="ArgumentException">Its units are no sigmoids, or it has a shortcut.</exception>
    public static Rnn CentreSigmoid(this Rnn rnn, bool readsSigmoids = false)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        RequireSigmoid(rnn, rnn);
        ReadSigmoids(rnn.WeightHh.Value, rnn.BiasHh.Value);
        if (readsSigmoids)
        {
            ReadSigmoids(rnn.WeightIh.Value, rnn.BiasIh.Value);
        }

        Double(rnn.WeightHh.Value, rnn.BiasHh.Value);
        Double(rnn.WeightIh.Value, rnn.BiasIh.Value);
        return rnn;
    }

    private static void RequireSigmoid(Rnn? rnn, RecurrentLayer layer)
    {
        if (rnn is not { Activation: Sigmoid, Residual: false })
        {
            throw new ArgumentException($"Only plain layers of sigmoids are centred, but this is {layer}.");
        }
    }

    /// <summary>W h + b with h = 2s − 1 is 2W s + (b − W·1).</summary>
    private static void ReadSigmoids(Tensor weight, Tensor bias)
    {
        for (var unit = 0; unit < bias.Count; unit++)
        {
            bias[unit] -= TensorPrimitives.Sum<float>(weight.Slice(unit));
        }

        TensorPrimitives.Multiply(weight.Span, 2, weight.Span);
    }

    /// <summary>tanh a = 2σ(2a) − 1.</summary>
    private static void Double(Tensor weight, Tensor bias)
    {
        TensorPrimitives.Multiply(weight.Span, 2, weight.Span);
        TensorPrimitives.Multiply(bias.Span, 2, bias.Span);
    }
}
