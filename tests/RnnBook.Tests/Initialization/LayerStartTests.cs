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

    [Fact]
    public void A_large_forget_bias_keeps_the_cell()
    {
        // With all else 0 the cell is multiplied by σ(b) every step.
        var lstm = new Lstm(1, 1);
        foreach (var parameter in lstm.Parameters)
        {
            parameter.Value.Clear();
        }

        lstm.SetForgetBias(2);
        lstm.InitialCell = Tensor.From([1], 1, 1);
        lstm.Forward(new Tensor(10, 1, 1));
        Assert.Equal(Math.Pow(Activation.Sigmoid.Value(2.0), 10), lstm.CellStates[9, 0, 0], 1e-6);
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
}
