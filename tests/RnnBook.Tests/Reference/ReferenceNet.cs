namespace RnnBook.Tests;

/// <summary>
/// A model once more, in scalar double, out of the cells to read (<see cref="RnnCell"/>, <see cref="LstmCell"/>, <see cref="GruCell"/>): the oracle
/// for the fast kernels. It shares no code with them. Gradients are central differences in double, which have some digits more than float can show.
/// </summary>
internal sealed class ReferenceNet
{
    private readonly SequenceModel model;
    private readonly double[][] parameters;

    public ReferenceNet(SequenceModel model)
    {
        this.model = model;
        parameters = [.. model.Parameters.Select(p => Array.ConvertAll(p.Value.Span.ToArray(), value => (double)value))];
    }

    /// <summary>The mean loss: squared error for targets, cross-entropy for labels.</summary>
    public double Loss(Batch batch)
    {
        var output = Output(batch);
        double sum = 0;
        var counted = 0;
        for (var row = 0; row < output.Count; row++)
        {
            if (model.EveryStep && HasEnded(batch, row / batch.Size, row % batch.Size))
            {
                continue;
            }

            if (batch.Targets is { } targets)
            {
                for (var o = 0; o < output[row].Length; o++, counted++)
                {
                    var error = output[row][o] - targets.Span[(row * output[row].Length) + o];
                    sum += error * error;
                }
            }
            else if (batch.Labels![row] >= 0)
            {
                sum += Math.Log(output[row].Sum(Math.Exp)) - output[row][batch.Labels[row]];
                counted++;
            }
        }

        return sum / counted;
    }

    /// <summary>∂L/∂ of every number of a parameter.</summary>
    public Tensor Gradient(int parameter, Batch batch, double step = GradientCheck.DoubleStep)
    {
        var differences = GradientCheck.Differences(_ => Loss(batch), parameters[parameter], step);
        return Tensor.From(Array.ConvertAll(differences, d => (float)d), model.Parameters[parameter].Value.Shape);
    }

    /// <summary>The answers, row by row as [B] or [T, B].</summary>
    public List<double[]> Output(Batch batch)
    {
        var (length, size) = (batch.Length, batch.Size);
        var states = new double[length][][];
        for (var t = 0; t < length; t++)
        {
            states[t] = [.. Enumerable.Range(0, size).Select(b => Input(batch.Inputs, t, b))];
        }

        for (var layer = 0; layer < model.Layers.Count; layer++)
        {
            for (var b = 0; b < size; b++)
            {
                var h = new double[model.Layers[layer].HiddenSize];
                var c = new double[h.Length];
                for (var t = 0; t < length; t++)
                {
                    (h, c) = HasEnded(batch, t, b) ? (h, c) : Next(layer, states[t][b], h, c);
                    states[t][b] = h;
                }
            }
        }

        var (weight, bias) = (parameters[^2], parameters[^1]);
        double[] Answer(double[] h) => [.. Enumerable.Range(0, bias.Length).Select(o => bias[o] + Dot(weight, o * h.Length, h))];
        return [.. (model.EveryStep ? states : states[^1..]).SelectMany(step => step).Select(Answer)];
    }

    private static bool HasEnded(Batch batch, int t, int b) => batch.Lengths is { } lengths && t >= lengths[b];

    /// <summary>What the first layer reads: the inputs, or the vector of an id.</summary>
    private double[] Input(Tensor inputs, int t, int b) => model.Embedding is { } embedding
        ? parameters[0].AsSpan((int)inputs[t, b, 0] * embedding.Size, embedding.Size).ToArray()
        : [.. Enumerable.Range(0, inputs.Shape[2]).Select(i => (double)inputs[t, b, i])];

    /// <summary>A step of a layer, by the cell to read, over the parameters as they are moved for a difference.</summary>
    private (double[] H, double[] C) Next(int layer, double[] x, double[] h, double[] c)
    {
        var own = (model.Embedding is null ? 0 : 1) + model.Layers.Take(layer).Sum(below => below.Parameters.Count);
        var w = new CellWeights(parameters[own], parameters[own + 1], parameters[own + 2], parameters[own + 3]);
        switch (model.Layers[layer])
        {
            case Rnn { Activation: PRelu }:
                return (new RnnCell(w, new Slope(parameters[own + 4])).Forward(x, h).Next, c);
            case Rnn rnn:
                return (new RnnCell(w, rnn.Activation, rnn.Residual).Forward(x, h).Next, c);
            case Lstm:
                var step = new LstmCell(w).Forward(x, h, c);
                return (step.Next, step.NextC);
            default:
                return (new GruCell(w).Forward(x, h).Next, c);
        }
    }

    private static double Dot(double[] weights, int start, double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[start + i] * values[i];
        }

        return sum;
    }

    /// <summary>A PReLU whose slope is a parameter of the reference.</summary>
    private sealed class Slope(double[] slope) : Activation("PReLU", "max(0, x) + a·min(0, x)", double.NegativeInfinity, double.PositiveInfinity)
    {
        public override double Value(double x) => x > 0 ? x : slope[0] * x;

        public override double Derivative(double x) => x > 0 ? 1 : slope[0];
    }
}
