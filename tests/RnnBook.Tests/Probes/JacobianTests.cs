using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Tests;

/// <summary>Jacobians against central differences, closed forms, and the layer's own backward pass.</summary>
public class JacobianTests
{
    /// <summary>See <see cref="Jacobian.Numerical"/>: 4e-11 an entry, here for entries of size 1 and sums of ten of them.</summary>
    private const double Tolerance = 1e-8;

    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_step_equals_central_differences(string name)
    {
        foreach (var residual in new[] { false, true })
        {
            var (rnn, x) = Network(6, 5, ActivationGoldenTests.Find(name), residual);
            var path = new StateTrajectory(rnn, x);
            for (var t = 1; t <= path.Length; t++)
            {
                Close(Jacobian.Numerical(h => Advance(path, x, h, t - 1, t), path.State(t - 1)), Jacobian.OfState(path, t));
            }

            Close(Jacobian.OfState(path, 3), Jacobian.Step(rnn, path.State(2), Input(x, 3)));
        }
    }

    [Fact]
    public void Products_equal_central_differences_over_the_whole_span() => Prop.ForAll(
        Gen.Choose(1, 7).ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (size, from, kind) =>
        {
            var (rnn, x) = Network(size, 6, Activation.All[kind], residual: false, seed: (ulong)(size + (10 * from)));
            var path = new StateTrajectory(rnn, x);
            Close(Jacobian.Numerical(h => Advance(path, x, h, from, 6), path.State(from)), Jacobian.StateProduct(path, from, 6));
            if (from >= 1)
            {
                Vector<double> netAtEnd(Vector<double> net)
                {
                    for (var t = from; t < 6; t++)
                    {
                        net = path.Recurrence.Net(path.Recurrence.State(path.State(t - 1), net), Input(x, t + 1));
                    }

                    return net;
                }

                Close(Jacobian.Numerical(netAtEnd, path.Net(from)), Jacobian.NetProduct(path, from, 6));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_mask_on_the_wrong_side_is_caught()
    {
        var (rnn, x) = Network(6, 5, Activation.Tanh, residual: false);
        var path = new StateTrajectory(rnn, x);
        var numerical = Jacobian.Numerical(h => Advance(path, x, h, 2, 3), path.State(2));
        var slopes = Matrix<double>.Build.DenseOfDiagonalVector(path.Net(3).Map(Activation.Tanh.Derivative));
        Close(numerical, slopes * path.Recurrence.Weight);
        Assert.ThrowsAny<Exception>(() => Close(numerical, path.Recurrence.Weight * slopes));
        Assert.ThrowsAny<Exception>(() => Close(numerical, path.Recurrence.Weight));
        Assert.ThrowsAny<Exception>(() => Close(numerical, Jacobian.OfNet(path, 3)));
    }

    [Fact]
    public void A_linear_network_multiplies_powers_of_W_one_fewer_than_steps_between()
    {
        var (rnn, x) = Network(5, 8, Activation.Identity, residual: false);
        var path = new StateTrajectory(rnn, x);
        var w = rnn.WeightHh.Value.ToMatrix();

        // ∂net_8/∂net_1 has seven factors, not eight.
        Close(w.Power(7), Jacobian.NetProduct(path, 1, 8));
        Assert.ThrowsAny<Exception>(() => Close(w.Power(8), Jacobian.NetProduct(path, 1, 8)));
        Close(w.Power(8), Jacobian.StateProduct(path, 0, 8));
        Close(Matrix<double>.Build.DenseIdentity(5), Jacobian.StateProduct(path, 4, 4));
        Close(w.Power(8), Jacobian.Product(rnn, x, 0, 8));
    }

    [Fact]
    public void An_identity_ReLU_network_on_positive_input_passes_the_gradient_unchanged()
    {
        var rnn = new Rnn(2, 6, Activation.Relu).StartFrom(new RandomSource(1), Initializer.Identity(), Initializer.Constant(0.5f));
        var x = new Tensor(30, 1, 2);
        x.Fill(1);
        Assert.Equal(Matrix<double>.Build.DenseIdentity(6), Jacobian.Product(rnn, x, 0, 30));
        Assert.Equal(Matrix<double>.Build.DenseIdentity(6), Jacobian.NetProduct(new StateTrajectory(rnn, x), 1, 30));
    }

    [Fact]
    public void An_orthogonal_linear_network_keeps_every_length()
    {
        var rnn = new Rnn(2, 20, Activation.Identity).StartFrom(new RandomSource(1), Initializer.Orthogonal(), Initializer.Gaussian(1));
        Assert.All(Spectrum.SingularValues(Jacobian.Product(rnn, new Tensor(40, 1, 2), 0, 40)), s => Assert.Equal(1, s, 1e-5));
    }

    [Fact]
    public void The_path_is_the_layers_own_forward_pass()
    {
        foreach (var residual in new[] { false, true })
        {
            var (rnn, x) = Network(6, 9, Activation.Tanh, residual);
            var h = rnn.Forward(x);
            for (var b = 0; b < x.Shape[1]; b++)
            {
                var path = new StateTrajectory(rnn, x, b);
                for (var t = 1; t <= 9; t++)
                {
                    Assert.All(Enumerable.Range(0, 6), j => Assert.Equal(path.State(t)[j], h[t - 1, b, j], 1e-5));
                }
            }
        }
    }

    [Fact]
    public void Transposed_it_is_what_the_backward_pass_multiplies_by()
    {
        var (rnn, x) = Network(6, 9, Activation.Relu, residual: false);
        rnn.RecordStateGradients = true;
        rnn.Forward(x);
        var last = new Tensor(2, 6);
        last.Fill(1);
        rnn.Backward(last);
        for (var b = 0; b < 2; b++)
        {
            var path = new StateTrajectory(rnn, x, b);
            for (var t = 1; t <= 9; t++)
            {
                var expected = Jacobian.StateProduct(path, t, 9).TransposeThisAndMultiply(Vector<double>.Build.Dense(6, 1));
                Assert.All(Enumerable.Range(0, 6), j => Assert.Equal(expected[j], rnn.StateGradients![t - 1, b, j], 1e-4));
            }
        }
    }

    [Fact]
    public void Steps_and_sizes_that_do_not_exist_are_refused()
    {
        var (rnn, x) = Network(3, 4, Activation.Relu, residual: false);
        var path = new StateTrajectory(rnn, x);
        Assert.Throws<ArgumentOutOfRangeException>(() => Jacobian.StateProduct(path, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jacobian.StateProduct(path, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jacobian.NetProduct(path, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jacobian.OfNet(path, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StateTrajectory(rnn, x, sequence: 2));
        Assert.Throws<ArgumentException>(() => new StateTrajectory(rnn, new Tensor(4, 1, 3)));
        Assert.Contains("h has length 5", Assert.Throws<ArgumentException>(
            () => Jacobian.Step(rnn, Vector<double>.Build.Dense(5), Vector<double>.Build.Dense(2))).Message);

        var (shortcut, _) = Network(3, 4, Activation.Relu, residual: true);
        Assert.Throws<InvalidOperationException>(() => Jacobian.NetProduct(new StateTrajectory(shortcut, x), 1, 3));
    }

    /// <summary>Two sequences through a layer whose W_hh has gain 1, biases away from 0 so that no unit sits on the kink.</summary>
    private static (Rnn Rnn, Tensor X) Network(int size, int length, Activation f, bool residual, ulong seed = 5)
    {
        var random = new RandomSource(seed);
        var rnn = new Rnn(2, size, f, random) { Residual = residual };
        Initializer.GaussianScaled().Fill(rnn.WeightHh.Value, random);
        var x = new Tensor(length, 2, 2);
        Initializer.Gaussian(1).Fill(x, random);
        return (rnn, x);
    }

    private static Vector<double> Input(Tensor x, int t) => Vector<double>.Build.Dense(x.Shape[2], i => x[t - 1, 0, i]);

    private static Vector<double> Advance(StateTrajectory path, Tensor x, Vector<double> h, int from, int to)
    {
        for (var t = from + 1; t <= to; t++)
        {
            h = path.Recurrence.State(h, path.Recurrence.Net(h, Input(x, t)));
        }

        return h;
    }

    private static void Close(Matrix<double> expected, Matrix<double> actual)
    {
        var error = (expected - actual).Enumerate().Max(Math.Abs);
        var scale = Math.Max(1, expected.Enumerate().Max(Math.Abs));
        Assert.True(error <= Tolerance * scale, $"off by {error / scale:G3}");
    }
}
