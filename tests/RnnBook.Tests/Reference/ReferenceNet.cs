namespace RnnBook.Tests;

/// <summary>
/// A model's formulas once more, in scalar double, as plain as they stand in a book: the oracle for the fast kernels. It shares no
/// code with them. Gradients are central differences in double, which have some digits more than float can show.
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

    private (double[] H, double[] C) Next(int layer, double[] x, double[] h, double[] c)
    {
        var own = (model.Embedding is null ? 0 : 1) + model.Layers.Take(layer).Sum(below => below.Parameters.Count);
        double[] wx = parameters[own], wh = parameters[own + 1], bx = parameters[own + 2], bh = parameters[own + 3];
        var n = h.Length;
        double Input(int row) => bx[row] + Dot(wx, row * x.Length, x);
        double Recurrent(int row) => bh[row] + Dot(wh, row * n, h);
        double Both(int row) => Input(row) + Recurrent(row);
        var (nextH, nextC) = (new double[n], new double[n]);
        for (var j = 0; j < n; j++)
        {
            switch (model.Layers[layer])
            {
                case Rnn { Activation: PRelu }:
                    nextH[j] = Both(j) * (Both(j) > 0 ? 1 : parameters[own + 4][0]);
                    break;
                case Rnn rnn:
                    nextH[j] = rnn.Activation.Value(Both(j)) + (rnn.Residual ? h[j] : 0);
                    break;
                case Lstm:
                    nextC[j] = (Sigmoid(Both(n + j)) * c[j]) + (Sigmoid(Both(j)) * Math.Tanh(Both((2 * n) + j)));
                    nextH[j] = Sigmoid(Both((3 * n) + j)) * Math.Tanh(nextC[j]);
                    break;
                default:
                    var z = Sigmoid(Both(n + j));
                    var candidate = Math.Tanh(Input((2 * n) + j) + (Sigmoid(Both(j)) * Recurrent((2 * n) + j)));
                    nextH[j] = ((1 - z) * candidate) + (z * h[j]);
                    break;
            }
        }

        return (nextH, nextC);
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

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
