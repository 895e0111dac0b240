namespace RnnBook.Tests;

/// <summary>A centred sigmoid net is the tanh net whose weights it was given: the same answers, states (1 + tanh's)/2.</summary>
public class CentredSigmoidTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void A_dense_net_answers_as_tanh_does(int hidden)
    {
        int[] sizes = [9, .. Enumerable.Repeat(24, hidden), 5];
        var tanh = new FeedForward(sizes, Activation.Tanh, new RandomSource(3));
        var sigmoid = new FeedForward(sizes, Activation.Sigmoid, new RandomSource(3)).CentreSigmoid();
        var x = RandomNet.Tensor(new RandomSource(4), 17, 9);
        Close.Assert(tanh.Forward(x), sigmoid.Forward(x), "output");
        foreach (var (h, s) in tanh.States.Zip(sigmoid.States))
        {
            Close.Assert(Halved(h), s, "state");
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void A_recurrent_model_answers_as_tanh_does_from_one_half(int layers, bool everyStep)
    {
        var tanh = Model(Activation.Tanh, layers, everyStep);
        var sigmoid = Model(Activation.Sigmoid, layers, everyStep).CentreSigmoid();
        var x = RandomNet.Tensor(new RandomSource(4), 12, 5, 3);
        var half = sigmoid.NewState(5);
        foreach (var h in half.Hidden)
        {
            h.Fill(0.5f);
        }

        sigmoid.InitialState = half;
        Close.Assert(tanh.Forward(x), sigmoid.Forward(x), "output");
        Close.Assert(Halved(tanh.Layers[^1].States), sigmoid.Layers[^1].States, "states");
    }

    [Fact]
    public void From_zeros_it_answers_as_tanh_does_from_minus_one()
    {
        var tanh = Model(Activation.Tanh, 1, everyStep: true);
        var sigmoid = Model(Activation.Sigmoid, 1, everyStep: true).CentreSigmoid();
        var x = RandomNet.Tensor(new RandomSource(4), 12, 5, 3);
        tanh.InitialState = tanh.NewState(5);
        tanh.InitialState.Hidden[0].Fill(-1);
        Close.Assert(tanh.Forward(x), sigmoid.Forward(x), "output");
    }

    [Fact]
    public void A_layer_reads_sigmoids_or_data()
    {
        var (below, tanh) = (new Rnn(3, 8, Activation.Tanh, new RandomSource(1)), new Rnn(8, 6, Activation.Tanh, new RandomSource(2)));
        var sigmoidBelow = new Rnn(3, 8, Activation.Sigmoid, new RandomSource(1)).CentreSigmoid();
        var sigmoid = new Rnn(8, 6, Activation.Sigmoid, new RandomSource(2)).CentreSigmoid(readsSigmoids: true);
        var x = RandomNet.Tensor(new RandomSource(4), 12, 5, 3);
        var (h, s) = (tanh.Forward(below.Forward(x)), sigmoid.Forward(sigmoidBelow.Forward(x, Half(5, 8)), Half(5, 6)));
        Close.Assert(Halved(h), s, "states");
    }

    [Fact]
    public void Other_units_are_refused_by_name()
    {
        Assert.Contains("ReLU", Assert.Throws<ArgumentException>(() => new FeedForward([2, 3, 1], Activation.Relu).CentreSigmoid()).Message);
        Assert.Contains("residual", Assert.Throws<ArgumentException>(() => new Rnn(2, 3, Activation.Sigmoid) { Residual = true }.CentreSigmoid()).Message);
        var model = new SequenceModel([new Rnn(2, 3, Activation.Sigmoid), new Lstm(3, 3)], new Linear(3, 1));
        var before = model.Parameters.Select(p => p.Value.Copy()).ToArray();
        Assert.Contains("Lstm", Assert.Throws<ArgumentException>(() => model.CentreSigmoid()).Message);
        Assert.All(model.Parameters.Zip(before), pair => Assert.Equal(pair.Second.Span.ToArray(), pair.First.Value.Span.ToArray()));
    }

    private static SequenceModel Model(Activation f, int layers, bool everyStep)
    {
        var random = new RandomSource(3);
        return new SequenceModel([.. Enumerable.Range(0, layers).Select(i => new Rnn(i == 0 ? 3 : 20, 20, f, random))], new Linear(20, 4, random), everyStep);
    }

    private static Tensor Half(int rows, int units)
    {
        var half = new Tensor(rows, units);
        half.Fill(0.5f);
        return half;
    }

    private static Tensor Halved(Tensor h)
    {
        var s = h.Copy();
        foreach (ref var value in s.Span)
        {
            value = (1 + value) / 2;
        }

        return s;
    }
}
