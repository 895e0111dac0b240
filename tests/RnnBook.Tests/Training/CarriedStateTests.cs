namespace RnnBook.Tests;

/// <summary>Training on one long stream, window after window: the state goes on, the gradient does not.</summary>
public sealed class CarriedStateTests
{
    [Fact]
    public void Each_batch_starts_where_the_last_one_ended()
    {
        var model = Model();
        var history = new Trainer(model, new Stream(), new Sgd(0.1f)) { CarryState = true, BatchSize = 4, EvaluateEvery = 3, TestSize = 4 }.Run(8);

        // The same by hand.
        var (byHand, task, optimizer, random) = (Model(), new Stream(), new Sgd(0.1f), new RandomSource(1));
        task.TestBatch(4, 2);
        var state = byHand.NewState(4);
        var batch = task.NewBatch(4);
        foreach (var loss in history.Losses)
        {
            task.Fill(batch, random);
            byHand.InitialState = state;
            Assert.Equal(loss, byHand.LossAndGradients(batch, task.Loss));
            byHand.ReadFinalState(state);
            optimizer.Step(byHand.Parameters);
        }

        Assert.Null(model.InitialState);
        var forgetful = new Trainer(Model(), new Stream(), new Sgd(0.1f)) { BatchSize = 4, EvaluateEvery = 3, TestSize = 4 }.Run(8);
        Assert.Equal(history.Losses[0], forgetful.Losses[0]);
        Assert.NotEqual(history.Losses[1], forgetful.Losses[1]);
    }

    [Fact]
    public void Carrying_on_allocates_nothing()
    {
        var allocated = new List<long>(20);
        var trainer = new Trainer(Model(), new Stream(), new Sgd(0.1f)) { CarryState = true, BatchSize = 4, EvaluateEvery = 5, TestSize = 4 };
        trainer.Run(90, _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));
        var steps = allocated.Skip(3).Zip(allocated.Skip(2), (after, before) => after - before).Order().ToArray();
        Assert.Equal(0, steps[steps.Length / 2]);
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_every_update()
    {
        var optimizer = new Sgd(7);
        var trainer = new Trainer(Model(), new Stream(), optimizer) { Schedule = LearningRateSchedule.Step(0.5f, 2, 0.5), EvaluateEvery = 1, TestSize = 4 };
        var rates = new List<float>();
        trainer.Run(4, _ => rates.Add(optimizer.LearningRate));
        trainer.Run(1);
        Assert.Equal([7, 0.5f, 0.5f, 0.25f, 0.25f], rates);
        Assert.Equal(0.125f, optimizer.LearningRate);
    }

    private static SequenceModel Model()
    {
        var random = new RandomSource(5);
        return new SequenceModel([new Lstm(1, 8, random), new Rnn(8, 8, Activation.Tanh, random)], new Linear(8, 1, random), everyStep: true);
    }

    /// <summary>Each sequence of a batch is a sine of its own; each draw shows its next five values and asks for the one after each.</summary>
    private sealed class Stream : SequenceTask
    {
        private int position;

        public Stream()
            : base(new MeanSquaredError()) => (Name, SequenceLength, InputSize, OutputSize, EveryStep, Baseline) = ("stream", 5, 1, 1, true, 0.5);

        protected override void Draw(Batch batch, RandomSource random, bool test)
        {
            for (var t = 0; t < 5; t++, position++)
            {
                for (var b = 0; b < batch.Size; b++)
                {
                    batch.Inputs[t, b, 0] = MathF.Sin(0.3f * (b + 1) * position);
                    batch.Targets![t, b, 0] = MathF.Sin(0.3f * (b + 1) * (position + 1));
                }
            }
        }
    }
}
