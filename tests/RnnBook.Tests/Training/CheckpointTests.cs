using System.Globalization;

using System.Text.Json;

namespace RnnBook.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    private string Place => Path.Combine(folder, "run.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("sgd", 1)]
    [InlineData("momentum", 1)]
    [InlineData("rmsprop", 1)]
    [InlineData("adam", 1)]
    [InlineData("adamw", 1)]
    [InlineData("adam", 2)]
    public void A_resumed_run_ends_in_the_bits_of_an_undisturbed_one(string optimizer, int threads)
    {
        var whole = new TinyTraining(optimizer, threads);
        var expected = whole.Trainer().Run(70);

        var first = new TinyTraining(optimizer, threads).Trainer();
        first.Run(30);
        first.Save(Place);
        var second = new TinyTraining(optimizer, threads, seed: 99);
        var trainer = second.Trainer();
        trainer.Resume(Place);
        Assert.Equal(30, trainer.Updates);
        var history = trainer.Run(40);
        Assert.Equal(whole.Bits(expected), second.Bits(history));
        Assert.Equal((70, TrainingOutcome.Completed, 8), (history.Updates, history.Outcome, history.Points.Count));
    }

    [Fact]
    public void Without_what_the_optimizer_remembers_the_bits_would_differ()
    {
        var whole = new TinyTraining("adam", 1);
        var expected = whole.Trainer().Run(70);
        new TinyTraining("adam", 1).Trainer(file: Place).Run(30);
        var file = SafetensorsFile.Read(Place);
        var parts = new TinyTraining("adam", 1);
        foreach (var parameter in parts.Model.Parameters)
        {
            file.Find(parameter.Name)!.ToTensor().Span.CopyTo(parameter.Value.Span);
        }

        Assert.NotEqual(whole.Bits(expected), parts.Bits(parts.Trainer().Run(40)));
    }

    [Fact]
    public void A_run_saves_as_often_as_asked_and_at_its_end()
    {
        var training = new TinyTraining("adam", 1);
        using var stop = new CancellationTokenSource();
        var seen = new List<int>();
        var trainer = training.Trainer(file: Place, every: 15);
        trainer.Run(40, point => seen.Add(SavedUpdates()));
        Assert.Equal([-1, -1, 15, 15, 30], seen);
        Assert.Equal(40, SavedUpdates());
        stop.Cancel();
        trainer.Run(40, cancellation: stop.Token);
        Assert.Equal(40, SavedUpdates());
        Assert.Single(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void A_run_that_diverges_leaves_the_last_good_checkpoint()
    {
        var training = new TinyTraining("adam", 1);
        var history = training.Trainer(file: Place, every: 5).Run(40, point =>
        {
            if (point.Update == 20)
            {
                training.Model.Head.Bias.Gradient.Fill(0);
                training.Model.Layers[0].WeightHh.Value.Span[0] = float.NaN;
            }
        });
        Assert.Equal(TrainingOutcome.Diverged, history.Outcome);
        Assert.Equal(20, SavedUpdates());
    }

    [Fact]
    public void A_target_that_was_reached_stays_reached()
    {
        var training = new TinyTraining("adam", 1);
        var reached = training.Trainer(file: Place, target: 1e9).Run(40);
        Assert.Equal(TrainingOutcome.ReachedTarget, reached.Outcome);
        new TinyTraining("adam", 1).Trainer(file: Place).Run(10);
        var again = new TinyTraining("adam", 1).Trainer(target: 1e9);
        again.Resume(Place);
        Assert.Equal((TrainingOutcome.ReachedTarget, 10), (again.Run(40).Outcome, again.Updates));
    }

    /// <summary>A stream has two things more to remember: where it is, and the states that it left there.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_stream_goes_on_where_it_was_with_the_states_and_the_rate_of_then(int? window)
    {
        var (whole, _) = Stream(window);
        var (expected, weights) = (whole.Trainer.Run(40).Losses, whole.Weights());
        var (first, _) = Stream(window);
        first.Trainer.Run(15);
        first.Trainer.Save(Place);
        var (second, optimizer) = Stream(window);
        second.Trainer.Resume(Place);
        var history = second.Trainer.Run(25);
        Assert.Equal(expected, history.Losses);
        Assert.Equal(weights, second.Weights());
        Assert.Equal(0.01f * MathF.Pow(0.5f, 3), optimizer.LearningRate, 1e-9f);

        var (other, _) = Stream(window, carry: false);
        Assert.Contains("its carried state is yes, here it is no", Assert.Throws<InvalidDataException>(() => other.Trainer.Resume(Place)).Message);
    }

    /// <summary>A checkpoint knows nothing of how people write numbers where it was saved, or is read.</summary>
    [Fact]
    public void A_checkpoint_is_read_where_a_comma_marks_decimals()
    {
        var here = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "−");
        try
        {
            var clip = StateGradientClip.ByValue(0.25f);
            foreach (var (writer, reader) in new[] { (here, comma), (comma, here) })
            {
                CultureInfo.CurrentCulture = writer;
                var saved = new TinyTraining("adam", 1, clip: clip);
                saved.Trainer(Place, schedule: LearningRateSchedule.Exponential(0.0123f, 0.75)).Run(3);
                CultureInfo.CurrentCulture = reader;
                var resumed = new TinyTraining("adam", 1, seed: 99, clip: clip);
                resumed.Trainer(schedule: LearningRateSchedule.Exponential(0.0123f, 0.75)).Resume(Place);
                Assert.Equal(saved.Optimizer.LearningRate, resumed.Optimizer.LearningRate);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    [Fact]
    public void A_rate_that_was_changed_by_hand_is_kept()
    {
        var (saved, resumed) = (new TinyTraining("sgd", 1), new TinyTraining("sgd", 1));
        saved.Optimizer.LearningRate = 0.0123f;
        saved.Trainer().Save(Place);
        resumed.Trainer().Resume(Place);
        Assert.Equal(0.0123f, resumed.Optimizer.LearningRate);
    }

    [Fact]
    public void Other_training_is_refused_by_what_differs()
    {
        new TinyTraining("adam", 1).Trainer(file: Place).Run(3);
        Refuses(new TinyTraining("adam", 1, units: 7), "rnn.weight_ih_l0 [6×2], but [7×2] is needed");
        Refuses(new TinyTraining("adam", 1, activation: Activation.Tanh), "its model is Rnn: 2 → 6, ReLU");
        Refuses(new TinyTraining("rmsprop", 1), "has no optimizer.square_avg.rnn.weight_ih_l0");
        Refuses(new TinyTraining("sgd", 1), "its optimizer is Adam, betas 0.9 and 0.999, epsilon 1E-08, decay 0, here it is SGD, momentum 0");
        Refuses(new TinyTraining("adam", 1, clip: StateGradientClip.ByNorm(0.5f)), "here it is window none, clip ‖∂L/∂h_t‖ of a sequence at most 0.5, flush below 1E-30 · window none");
        Refuses(new TinyTraining("adam", 1, length: 9), "its task is adding problem, T = 8, here it is adding problem, T = 9");
        Refuses(new TinyTraining("adam", 1, batchSize: 8), "its batch size is 16, here it is 8");
        new TinyTraining("momentum", 1).Trainer(file: Place).Run(3);
        Refuses(new TinyTraining("sgd", 1), "its optimizer is SGD, momentum 0.9, here it is SGD, momentum 0");
        new TinyTraining("adam", 1).Model.Save(Place);
        Refuses(new TinyTraining("adam", 1), "is a safetensors file, but no checkpoint");
        Assert.Throws<FileNotFoundException>(() => new TinyTraining("adam", 1).Trainer().Resume(Place + "x"));
    }

    /// <summary>Any byte that changed, any end that is missing: refused in one line, and the trainer is as it was.</summary>
    [Fact]
    public void A_truncated_or_damaged_file_is_refused()
    {
        new TinyTraining("adam", 1).Trainer(file: Place).Run(3);
        var whole = File.ReadAllBytes(Place);
        var training = new TinyTraining("adam", 1);
        var trainer = training.Trainer();
        trainer.Run(0);
        var before = training.Weights();
        for (var i = 0; i < whole.Length; i += 29)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 1;
            foreach (var content in new[] { whole[..i], damaged })
            {
                File.WriteAllBytes(Place, content);
                Assert.DoesNotContain('\n', Assert.Throws<InvalidDataException>(() => trainer.Resume(Place)).Message);
            }
        }

        Assert.Equal(before, training.Weights());
        Assert.Equal(0, trainer.Updates);
    }

    private static ((Trainer Trainer, Func<float[]> Weights) Run, Optimizer Optimizer) Stream(int? window, bool carry = true)
    {
        var random = new RandomSource(5);
        SequenceTask task = new CharacterText(string.Concat(Enumerable.Range(100, 400)), 6, stream: true);
        task = window is { } steps ? new WindowedTask(task, steps) : task;
        var model = new SequenceModel(new Lstm(task.InputSize, 7, random), new Linear(7, task.OutputSize, random), everyStep: true);
        var optimizer = new Adam();
        var trainer = new Trainer(model, task, optimizer)
        {
            CarryState = carry,
            Schedule = LearningRateSchedule.Step(0.01f, 10, 0.5),
            EvaluateEvery = 10,
            TestSize = 16,
        };
        return ((trainer, () => [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())]), optimizer);
    }

    private int SavedUpdates() => File.Exists(Place)
        ? JsonDocument.Parse(SafetensorsFile.Read(Place).Metadata["progress"]).RootElement.GetProperty("Update").GetInt32()
        : -1;

    private void Refuses(TinyTraining training, string problem)
    {
        var before = training.Weights();
        var message = Assert.Throws<InvalidDataException>(() => training.Trainer().Resume(Place)).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(before, training.Weights());
    }
}
