using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>The starts of whole layers, and the way to MathNet and back.</summary>
public class LayerStartTests
{
    [Fact]
    public void The_identity_start_remembers_for_ever()
    {
        var rnn = new Rnn(2, 5, Activation.Relu).StartFromIdentity(new RandomSource(4));
        Assert.Equal(Matrix<double>.Build.DenseIdentity(5), rnn.WeightHh.Value.ToMatrix());
        Assert.All([.. rnn.BiasIh.Value.Span, .. rnn.BiasHh.Value.Span], b => Assert.Equal(0f, b));

        // Ten draws from N(0, 0.001²): none beyond six deviations, not all zero.
        Assert.InRange(rnn.WeightIh.Value.Span.ToArray().Max(MathF.Abs), 1e-5f, 0.006f);

        var state = Tensor.From([0, 1, 2, 0.5f, 1e-3f], 1, 5);
        var h = rnn.Forward(new Tensor(50, 1, 2), state);
        Assert.Equal(state.Span.ToArray(), h.Slice(49).ToArray());
    }

    [Fact]
    public void A_smaller_scale_forgets_by_that_factor()
    {
        var rnn = new Rnn(1, 3, Activation.Relu).StartFromIdentity(new RandomSource(4), scale: 0.5f);
        var h = rnn.Forward(new Tensor(3, 1, 1), Tensor.From([8, 16, 32], 1, 3));
        Assert.Equal([1f, 2, 4], h.Slice(2).ToArray());
    }

    [Fact]
    public void Any_pair_of_initializers_starts_a_layer()
    {
        var rnn = new Rnn(3, 6, Activation.Tanh).StartFrom(new RandomSource(4), Initializer.Orthogonal(), Initializer.Constant(2));
        Assert.Equal(1, rnn.WeightHh.Value.ToMatrix().L2Norm(), 1e-6);
        Assert.All(rnn.WeightIh.Value.Span.ToArray(), w => Assert.Equal(2f, w));
        Assert.All(rnn.BiasIh.Value.Span.ToArray(), b => Assert.Equal(0f, b));
    }

    [Fact]
    public void The_forget_bias_goes_to_the_forget_gate_alone()
    {
        var lstm = new Lstm(2, 3);
        var before = lstm.BiasIh.Value.Copy();
        lstm.SetForgetBias(4);
        for (var j = 0; j < 12; j++)
        {
            var isForget = j is >= 3 and < 6;
            Assert.Equal(isForget ? 4 : before[j], lstm.BiasIh.Value[j]);
            Assert.Equal(isForget, lstm.BiasHh.Value[j] == 0);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    public void A_forget_bias_keeps_its_logistic_share_of_the_cell(float bias)
    {
        // With all else 0 the cell is multiplied by σ(b) every step.
        var lstm = Cleared(new Lstm(1, 1)).SetForgetBias(bias);
        lstm.InitialCell = Tensor.From([1], 1, 1);
        lstm.Forward(new Tensor(10, 1, 1));
        Assert.Equal(Math.Pow(Activation.Sigmoid.Value((double)bias), 10), lstm.CellStates[9, 0, 0], 1e-6);
    }

    [Fact]
    public void The_np_rnn_start_keeps_one_direction_and_fades_the_others()
    {
        var rnn = new Rnn(2, 12, Activation.Relu).StartFromPositiveDefinite(new RandomSource(4), inputStd: 0.01f);
        var eigenvalues = rnn.WeightHh.Value.ToMatrix().Evd(Symmetricity.Symmetric).EigenValues.Select(v => v.Real).Order().ToArray();
        Assert.Equal(1, eigenvalues[^1], 1e-6);
        Assert.All(eigenvalues[..^1], value => Assert.InRange(value, 0, 0.9999));
        Assert.All([.. rnn.BiasIh.Value.Span, .. rnn.BiasHh.Value.Span], b => Assert.Equal(0f, b));
        Assert.InRange(rnn.WeightIh.Value.Span.ToArray().Max(MathF.Abs), 1e-4f, 0.06f);
    }

    [Fact]
    public void Chrono_biases_of_an_lstm_are_logs_of_uniform_times()
    {
        const int units = 4000, longest = 50;
        var lstm = new Lstm(1, units);
        var before = lstm.BiasIh.Value.Copy();
        lstm.SetChronoBiases(new RandomSource(5), longest);
        var forget = lstm.BiasIh.Value.Span.Slice(units, units).ToArray();
        Assert.Equal(forget.Select(b => -b), lstm.BiasIh.Value.Span[..units].ToArray());
        Assert.All(lstm.BiasHh.Value.Span[..(2 * units)].ToArray(), b => Assert.Equal(0f, b));
        Assert.Equal(before.Span[(2 * units)..].ToArray(), lstm.BiasIh.Value.Span[(2 * units)..].ToArray());
        AssertUniform(forget, longest);
    }

    [Fact]
    public void Chrono_biases_of_a_gru_keep_the_state_for_their_time()
    {
        const int units = 4000, longest = 50;
        var gru = Cleared(new Gru(1, units)).SetChronoBiases(new RandomSource(5), longest);
        var update = gru.BiasIh.Value.Span.Slice(units, units).ToArray();
        AssertUniform(update, longest);
        Assert.Equal(units, gru.BiasIh.Value.Span.ToArray().Count(b => b != 0));

        // With all else 0 the candidate is 0, and a step keeps z = u/(1 + u) of the state: e^(−1) of it after about 1 + u steps.
        // With the paper's sign the share would be 1/(1 + u), less than a half.
        var ones = new Tensor(1, units);
        ones.Fill(1);
        var h = gru.Forward(new Tensor(2, 1, 1), ones).Slice(1);
        for (var unit = 0; unit < units; unit++)
        {
            var u = Math.Exp(update[unit]);
            Assert.Equal(Math.Pow(u / (1 + u), 2), h[unit], 1e-6);
        }
    }

    [Fact]
    public void Chrono_and_forget_biases_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(1, 2).SetChronoBiases(new RandomSource(1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gru(1, 2).SetChronoBiases(new RandomSource(1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(1, 2).SetForgetBias(float.NaN));

        // T = 2 leaves u = 1: a half is kept, as with no bias at all.
        Assert.All(new Lstm(1, 2).SetChronoBiases(new RandomSource(1), 2).BiasIh.Value.Span[..4].ToArray(), b => Assert.Equal(0, MathF.Abs(b)));
    }

    [Fact]
    public void Matrices_go_both_ways()
    {
        var tensor = Tensor.From([1, 2, 3, 4, 5, 6], 2, 3);
        var matrix = tensor.ToMatrix();
        Assert.Equal(6, matrix[1, 2]);
        Assert.Equal(tensor.Span.ToArray(), matrix.ToTensor().Span.ToArray());
        tensor.Assign(matrix * 2);
        Assert.Equal(12f, tensor[1, 2]);
        Assert.Contains("[2×3]", Assert.Throws<ArgumentException>(() => tensor.Assign(matrix.Transpose())).Message);
        Assert.Contains("[6]", Assert.Throws<ArgumentException>(() => new Tensor(6).ToMatrix()).Message);
        Assert.Equal([1, 2, 3], Tensor.From([1, 2, 3], 3).ToVector());

        var sequence = Tensor.From([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        Assert.Equal(7, sequence.ToMatrix(step: 1)[1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.ToMatrix(step: 2));
    }

    /// <summary>e^b is uniform in 1 … T − 1: within its bounds, and mean and variance within five deviations.</summary>
    private static void AssertUniform(float[] biases, int longest)
    {
        var times = biases.Select(b => Math.Exp(b)).ToArray();
        var (mean, width) = (longest / 2.0, longest - 2.0);
        Assert.All(times, u => Assert.InRange(u, 1, longest - 1 + 1e-4));
        Assert.InRange(times.Average(), mean - (5 * width / Math.Sqrt(12 * times.Length)), mean + (5 * width / Math.Sqrt(12 * times.Length)));

        // A uniform square's variance is 4/5 of its mean squared: the estimate strays by √(0.8/n) of itself.
        var five = 5 * Math.Sqrt(0.8 / times.Length);
        Assert.InRange(times.Average(u => (u - mean) * (u - mean)) / (width * width / 12), 1 - five, 1 + five);
    }

    private static T Cleared<T>(T layer)
        where T : RecurrentLayer
    {
        foreach (var parameter in layer.Parameters)
        {
            parameter.Value.Clear();
        }

        return layer;
    }
}
