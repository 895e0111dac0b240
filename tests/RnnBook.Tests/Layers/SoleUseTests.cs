namespace RnnBook.Tests;

/// <summary>Layers compute in memory of their own: a second thread in it is turned away before it does harm.</summary>
public sealed class SoleUseTests
{
    [Fact]
    public async Task A_second_thread_is_refused_while_the_first_computes()
    {
        using var gate = new Gate();
        var random = new RandomSource(1);
        var (slow, head) = (new Rnn(2, 3, gate, random), new Linear(3, 1, random));
        var model = new SequenceModel(slow, head);
        var sharesHead = new SequenceModel(new Gru(2, 3, random), head);
        var x = RandomNet.Tensor(random, 4, 2, 2);
        var batch = new Batch(x, new Tensor(2, 1));
        var loss = new MeanSquaredError();
        var expected = model.LossAndGradients(batch, loss);

        gate.Close();
        var first = Task.Run(() => model.LossAndGradients(batch, loss));
        gate.WaitForVisitor();
        Refuses("Rnn: 2 → 3, gate · Linear: 3 → 1", () => model.Forward(x));
        Refuses("Rnn: 2 → 3, gate · Linear: 3 → 1", () => model.LossAndGradients(batch, loss));
        Refuses("Rnn: 2 → 3, gate · Linear: 3 → 1", () => model.BeginSteps(2));
        Refuses("Rnn: 2 → 3, gate computes", () => slow.Forward(x));
        Refuses("Rnn: 2 → 3, gate computes", () => slow.Backward(new Tensor(2, 3)));
        Refuses("Linear: 3 → 1 computes", () => head.Forward(new Tensor(2, 3)));
        Refuses("Linear: 3 → 1 computes", () => sharesHead.Forward(x));
        gate.Open();
        Assert.Equal(expected, await first);

        // Nothing stays taken, not of who was refused either.
        Assert.Equal(expected, model.LossAndGradients(batch, loss));
        sharesHead.Forward(x);
        Assert.Throws<ArgumentException>(() => model.Forward(new Tensor(4, 2, 5)));
        model.Forward(x);
    }

    private static void Refuses(string text, Action action)
    {
        var message = Assert.Throws<InvalidOperationException>(action).Message;
        Assert.Contains(text, message, StringComparison.Ordinal);
        Assert.Contains("each thread needs a model of its own", message, StringComparison.Ordinal);
    }

    /// <summary>tanh that lets nobody pass while it is closed.</summary>
    private sealed class Gate() : Activation("gate", "tanh x", -1, 1), IDisposable
    {
        private readonly ManualResetEventSlim open = new(true);
        private readonly ManualResetEventSlim visitor = new(false);

        public void Close() => open.Reset();

        public void Open() => open.Set();

        public void WaitForVisitor() => Assert.True(visitor.Wait(TimeSpan.FromMinutes(1)));

        public override double Value(double x)
        {
            if (!open.IsSet)
            {
                visitor.Set();
                open.Wait();
            }

            return Math.Tanh(x);
        }

        public override double Derivative(double x) => 1 - (Math.Tanh(x) * Math.Tanh(x));

        public void Dispose()
        {
            open.Dispose();
            visitor.Dispose();
        }
    }
}
