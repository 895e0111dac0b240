namespace RnnBook.Tests;

public class TrainerTests
{
    [Fact]
    public void Training_brings_the_adding_problem_below_its_baseline()
    {
        var history = Adding(1).Run(600);
        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        Assert.InRange(history.Points[0].TestError, history.Baseline / 2, 3);
        Assert.True(history.Last.TestError < history.Baseline / 4, history.ToString());
        Assert.Equal(history.Points.Select(p => p.Update), Enumerable.Range(0, 7).Select(i => 100 * i));
        Assert.Equal(history.Losses.Skip(500).Average(), history.Last.TrainLoss, 1e-9);
        Assert.Equal(history.GradientNorms[^1], history.Last.GradientNorm);
        Assert.True(double.IsNaN(history.Last.Accuracy));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var (first, again, other) = (Adding(3).Run(50), Adding(3).Run(50), Adding(4).Run(50));
        Assert.Equal(first.Losses, again.Losses);
        Assert.Equal(first.Last.TestError, again.Last.TestError);
        Assert.NotEqual(first.Losses, other.Losses);
    }

    [Fact]
    public void A_second_run_goes_on_where_the_first_stopped()
    {
        var whole = Adding(3).Run(60);
        var parts = Adding(3);
        var losses = parts.Run(25).Losses.Concat(parts.Run(35).Losses);
        Assert.Equal(whole.Losses, losses);
    }

    [Fact]
    public void Cancelling_stops_after_the_update_at_hand_and_the_run_can_go_on()
    {
        using var stop = new CancellationTokenSource();
        var trainer = Adding(3, evaluateEvery: 10);
        var history = trainer.Run(60, point =>
        {
            if (point.Update == 20)
            {
                stop.Cancel();
            }
        }, stop.Token);
        Assert.Equal((TrainingOutcome.Cancelled, 20), (history.Outcome, history.Updates));
        Assert.Equal(Adding(3).Run(60).Losses, history.Losses.Concat(trainer.Run(40).Losses));
    }

    [Fact]
    public void Training_stops_at_the_target_and_says_when_it_was_reached()
    {
        var model = AddingModel();
        var trainer = new Trainer(model, new AddingProblem(4), new Adam(0.01f)) { StopAtTestError = 0.08, EvaluateEvery = 20 };
        var history = trainer.Run(5000);
        Assert.Equal(TrainingOutcome.ReachedTarget, history.Outcome);
        Assert.Equal(history.Last, history.FirstReached(0.08));
        Assert.Equal(history.Updates, history.Last.Update);
        Assert.True(history.Last.TestError <= 0.08 && history.Points[^2].TestError > 0.08);
        Assert.Null(history.FirstReached(-1));
    }

    [Fact]
    public void A_rate_that_is_too_high_is_found_and_no_bad_gradient_touches_the_parameters()
    {
        var model = AddingModel();
        var history = new Trainer(model, new AddingProblem(4), new Sgd(1e20f)).Run(100);
        Assert.Equal(TrainingOutcome.Diverged, history.Outcome);
        Assert.Equal(history.Updates + 1, history.DivergedAt);
        Assert.Contains(history.DivergedIn, model.Parameters.Select(p => p.Name).Append("loss"));
        Assert.Contains($"diverged at update {history.DivergedAt} in {history.DivergedIn}", history.ToString());
    }

    [Theory]
    [InlineData("rnn.weight_hh_l0")]
    [InlineData("head.bias")]
    public void The_parameter_that_went_wrong_is_named(string name)
    {
        var model = AddingModel();
        var history = new Trainer(model, new AddingProblem(4), new Sgd(0.01f)) { EvaluateEvery = 3 }.Run(5, point =>
        {
            if (point.Update == 3)
            {
                model.Parameters.Single(p => p.Name == name).Value.Span[0] = float.NaN;
            }
        });
        Assert.Equal((TrainingOutcome.Diverged, 4, name), (history.Outcome, history.DivergedAt, history.DivergedIn));
    }

    [Fact]
    public void A_model_that_answers_with_NaN_from_the_start_is_not_trained()
    {
        var model = AddingModel();
        model.Head.Bias.Value.Span[0] = float.NaN;
        var history = new Trainer(model, new AddingProblem(4), new Sgd(0.01f)).Run(5);
        Assert.Equal((TrainingOutcome.Diverged, 0, "test error"), (history.Outcome, history.DivergedAt, history.DivergedIn));
        Assert.Empty(history.Losses);
    }

    [Fact]
    public void Clipping_reports_the_norm_before_it()
    {
        var (free, clipped) = (Adding(1).Run(1), new Trainer(AddingModel(), new AddingProblem(4), new Adam(0.01f)) { ClipNorm = 1e-3 }.Run(1));
        Assert.Equal(free.GradientNorms, clipped.GradientNorms);
        Assert.True(clipped.GradientNorms[0] > 1e-3);
    }

    [Fact]
    public void After_warm_up_nothing_is_allocated()
    {
        var allocated = new long[12];
        var trainer = new Trainer(AddingModel(), new AddingProblem(20), new Adam(0.01f)) { ClipNorm = 1, EvaluateEvery = 10, TestSize = 40 };
        trainer.Run(100, point => allocated[point.Update / 10] = GC.GetAllocatedBytesForCurrentThread());

        // A collection that another thread causes counts the rest of this thread's buffer, once; a step that allocates would show in every interval.
        Assert.InRange(Enumerable.Range(2, 8).Count(i => allocated[i] == allocated[i + 1]), 6, 8);
    }

    [Fact]
    public void The_seconds_grow_and_leave_out_the_evaluation()
    {
        var wall = System.Diagnostics.Stopwatch.StartNew();
        var history = Adding(1).Run(300, _ => Thread.Sleep(20));
        Assert.InRange(history.Seconds, history.Points[1].Seconds, wall.Elapsed.TotalSeconds - (4 * 0.02));
        Assert.True(history.Points.Zip(history.Points.Skip(1)).All(p => p.Second.Seconds > p.First.Seconds));
    }

    [Fact]
    public void A_model_that_does_not_fit_the_task_is_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => new Trainer(AddingModel(), new CopyMemory(5), new Sgd(0.1f))).Message;
        Assert.Contains("2 inputs and 1 outputs after the last step", message);
        Assert.Contains("needs 10 and 9 after every step", message);
    }

    [Fact]
    public void Copy_memory_trains_with_an_answer_after_every_step()
    {
        var task = new CopyMemory(delay: 2, symbols: 3, length: 2);
        var random = new RandomSource(5);
        var layer = new Rnn(task.InputSize, 24, Activation.Tanh, random);
        var model = new SequenceModel(layer, new Linear(24, task.OutputSize, random), everyStep: true);
        var history = new Trainer(model, task, new Adam(0.01f)) { EvaluateEvery = 400 }.Run(800);
        Assert.True(history.Last.TestError < history.Baseline / 2, history.ToString());
        Assert.InRange(history.Last.Accuracy, 0.8, 1);
    }

    private static SequenceModel AddingModel()
    {
        var random = new RandomSource(5);
        return new SequenceModel(new Rnn(2, 16, Activation.Tanh, random), new Linear(16, 1, random));
    }

    private static Trainer Adding(ulong seed, int evaluateEvery = 100) =>
        new(AddingModel(), new AddingProblem(4), new Adam(0.01f)) { Seed = seed, EvaluateEvery = evaluateEvery };
}
