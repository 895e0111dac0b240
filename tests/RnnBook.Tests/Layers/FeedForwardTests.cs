namespace RnnBook.Tests;

/// <summary>A dense net against central differences, against a plain double forward pass, and on its bad inputs.</summary>
public sealed class FeedForwardTests
{
    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    /// <summary>The whole net again in double, written as the formula: float differences would leave three digits.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_central_differences(string name)
    {
        var net = new FeedForward([5, 7, 6, 3], Activation.All.Single(f => f.Name == name), new RandomSource(3));
        var batch = Digits(5, 4);
        var loss = net.LossAndGradients(batch, new SoftmaxCrossEntropy());
        Assert.Equal(DoubleLoss(net, batch), loss, 1e-5);
        foreach (var parameter in net.Parameters)
        {
            var byNumber = new Tensor(parameter.Value.Shape);
            for (var i = 0; i < byNumber.Count; i++)
            {
                byNumber.Span[i] = (float)Central(net, batch, parameter, i);
            }

            Close.Assert(byNumber, parameter.Gradient, parameter.Name);
        }
    }

    [Fact]
    public void Input_gradient_is_that_of_central_differences()
    {
        var net = new FeedForward([4, 6, 2], Activation.Tanh, new RandomSource(5));
        var x = Rows(3, 4, 6);
        var output = net.Forward(x).Copy();
        var gradient = net.Backward(output, needInputGradient: true)!;      // L = ½‖output‖²
        for (var i = 0; i < x.Count; i++)
        {
            Assert.Equal((Half(i, 1e-2f) - Half(i, -1e-2f)) / 2e-2, gradient.Span[i], 1e-3);
        }

        double Half(int i, float step)
        {
            var moved = x.Copy();
            moved.Span[i] += step;
            return net.Forward(moved).Span.ToArray().Sum(v => 0.5 * v * v);
        }
    }

    [Fact]
    public void A_backward_pass_adds_to_the_gradients()
    {
        var net = new FeedForward([4, 6, 5, 2], Activation.PRelu, new RandomSource(5));
        net.Forward(Rows(3, 4, 6));
        net.Backward(Rows(3, 2, 7));
        var once = net.Parameters.Select(parameter => parameter.Gradient.Copy()).ToArray();
        net.Backward(Rows(3, 2, 7));
        foreach (var (first, parameter) in once.Zip(net.Parameters))
        {
            Assert.Equal(first.Span.ToArray().Select(g => 2 * g), parameter.Gradient.Span.ToArray());
        }
    }

    [Fact]
    public void One_hidden_layer_is_a_recurrent_layer_that_reads_one_step()
    {
        var random = new RandomSource(8);
        var net = new FeedForward([9, 33, 4], Activation.Relu, random);
        var rnn = new SequenceModel(new Rnn(9, 33, Activation.Relu), new Linear(33, 4));
        net.Layers[0].Weight.Value.Span.CopyTo(rnn.Layers[0].WeightIh.Value.Span);
        net.Layers[0].Bias.Value.Span.CopyTo(rnn.Layers[0].BiasIh.Value.Span);
        rnn.Layers[0].BiasHh.Value.Clear();
        net.Layers[1].Weight.Value.Span.CopyTo(rnn.Head.Weight.Value.Span);
        net.Layers[1].Bias.Value.Span.CopyTo(rnn.Head.Bias.Value.Span);
        var batch = Digits(9, 6);
        Assert.Equal(rnn.LossAndGradients(batch, new SoftmaxCrossEntropy()), net.LossAndGradients(batch, new SoftmaxCrossEntropy()), 1e-6);
        Close.Assert(rnn.Layers[0].WeightIh.Gradient, net.Layers[0].Weight.Gradient, "fc1.weight");
        Close.Assert(rnn.Head.Weight.Gradient, net.Layers[1].Weight.Gradient, "fc2.weight");
    }

    [Fact]
    public void Gradient_norms_are_those_of_the_pre_activations()
    {
        // Linear layers with biases of their own: ∂L/∂b of one row is ∂L/∂a.
        var net = new FeedForward([3, 5, 4, 2], Activation.Relu, new RandomSource(2)) { RecordGradientNorms = true };
        var batch = new Batch(Rows(1, 3, 7, steps: true), [1]);
        net.LossAndGradients(batch, new SoftmaxCrossEntropy());
        Assert.Equal(net.Layers.Select(layer => Math.Sqrt(layer.Bias.Gradient.Span.ToArray().Sum(g => (double)g * g))), net.GradientNorms, (a, b) => Math.Abs(a - b) < 1e-7);
        net.RecordGradientNorms = false;
        net.LossAndGradients(batch, new SoftmaxCrossEntropy());
        Assert.Empty(net.GradientNorms);
    }

    [Fact]
    public void States_are_those_of_the_activation()
    {
        var net = new FeedForward([3, 5, 4, 2], Activation.Relu, new RandomSource(2));
        Assert.Throws<InvalidOperationException>(() => net.States);
        net.Forward(Rows(6, 3, 1));
        Assert.Equal([5, 4], net.States.Select(h => h.Shape[1]));
        Assert.All(net.States, h => Assert.True(h.Span.IndexOfAnyInRange(float.NegativeInfinity, -float.Epsilon) < 0));
    }

    [Fact]
    public void Parameters_have_the_names_of_the_articles_module()
    {
        var net = new FeedForward([784, 512, 10], Activation.Relu);
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"], net.Parameters.Select(p => p.Name));
        Assert.Equal((784 * 512) + 512 + (512 * 10) + 10, net.ParameterCount);
        Assert.Equal("FeedForward: 784 → 512 → 10, ReLU, 407050 parameters", net.ToString());
    }

    [Fact]
    public void Start_draws_weights_anew_and_clears_biases()
    {
        var net = new FeedForward([40, 50, 3], Activation.Relu).StartFrom(new RandomSource(4), Initializer.Constant(2));
        Assert.All(net.Parameters, p => Assert.All(p.Value.Span.ToArray(), v => Assert.Equal(p.Name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 2, v)));
    }

    [Fact]
    public void Bad_shapes_are_named()
    {
        Assert.Contains("two sizes", Assert.Throws<ArgumentException>(() => new FeedForward([3], Activation.Relu)).Message, StringComparison.Ordinal);
        var net = new FeedForward([3, 5, 2], Activation.Relu);
        Assert.Throws<InvalidOperationException>(() => net.Backward(new Tensor(1, 2)));
        Assert.Contains("[4×2]", Assert.Throws<ArgumentException>(() => net.Forward(new Tensor(4, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("x is [0×3]: there is no row in it", Assert.Throws<ArgumentException>(() => net.Forward(new Tensor(0, 3))).Message, StringComparison.Ordinal);
        net.Forward(new Tensor(4, 3));
        Assert.Contains("[4×3]", Assert.Throws<ArgumentException>(() => net.Backward(new Tensor(4, 3))).Message, StringComparison.Ordinal);
    }

    private static Tensor Rows(int rows, int inputs, ulong seed, bool steps = false)
    {
        var random = new RandomSource(seed);
        var x = steps ? new Tensor(1, rows, inputs) : new Tensor(rows, inputs);
        foreach (ref var value in x.Span)
        {
            value = (float)random.NextGaussian();
        }

        return x;
    }

    private static Batch Digits(int inputs, int rows) => new(Rows(rows, inputs, 11, steps: true), [.. Enumerable.Range(0, rows).Select(i => i % 3)]);

    private static double Central(FeedForward net, Batch batch, Parameter parameter, int i)
    {
        const double step = 1e-5;
        return (DoubleLoss(net, batch, (parameter, i, step)) - DoubleLoss(net, batch, (parameter, i, -step))) / (2 * step);
    }

    private static double DoubleLoss(FeedForward net, Batch batch, (Parameter Parameter, int Index, double Step)? moved = null)
    {
        var sum = 0.0;
        for (var b = 0; b < batch.Size; b++)
        {
            var h = Enumerable.Range(0, net.Layers[0].InputSize).Select(i => (double)batch.Inputs[0, b, i]).ToArray();
            for (var l = 0; l < net.Layers.Count; l++)
            {
                var (weight, bias) = (net.Parameters[2 * l], net.Parameters[(2 * l) + 1]);
                var a = Enumerable.Range(0, bias.Value.Count)
                    .Select(j => At(bias, j) + h.Select((value, i) => At(weight, (j * h.Length) + i) * value).Sum());
                var layer = l;
                h = [.. l < net.Layers.Count - 1 ? a.Select(value => Function(layer, value)) : a];
            }

            sum += Math.Log(h.Sum(Math.Exp)) - h[batch.Labels![b]];
        }

        return sum / batch.Size;

        // The slopes of a PReLU, one a hidden layer, are the last parameters.
        double Function(int layer, double a) =>
            net.Activation is PRelu ? (a > 0 ? a : a * At(net.Parameters[(2 * net.Layers.Count) + layer], 0)) : net.Activation.Value(a);

        double At(Parameter parameter, int i) =>
            parameter.Value.Span[i] + (moved is { } m && m.Parameter == parameter && m.Index == i ? m.Step : 0);
    }
}
