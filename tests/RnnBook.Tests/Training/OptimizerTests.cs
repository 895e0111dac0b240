namespace RnnBook.Tests;

public class OptimizerTests
{
    public static TheoryData<string, Optimizer> Optimizers => new()
    {
        { "sgd", new Sgd(0.05f) },
        { "momentum", new Sgd(0.02f, momentum: 0.9f) },
        { "rmsprop", new RmsProp(0.01f) },
        { "rmsprop-fast", new RmsProp(0.003f, alpha: 0.9f, epsilon: 1e-3f) },
        { "adam", new Adam(0.05f) },
        { "adam-other", new Adam(0.01f, 0.8f, 0.99f, 1e-2f) },
        { "adamw", new AdamW(0.05f) },
        { "adamw-strong", new AdamW(0.02f, 0.3f, 0.8f) },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Each_step_lands_where_PyTorch_lands(string name, Optimizer optimizer)
    {
        var golden = TrainingGolden.Read("optimizers", name);
        var start = golden.GetProperty("start").Floats();
        var weight = new Parameter("w", start.Length);
        start.CopyTo(weight.Value.Span);

        var steps = golden.GetProperty("gradients").EnumerateArray().Zip(golden.GetProperty("path").EnumerateArray());
        foreach (var (gradient, landed) in steps)
        {
            gradient.Floats().CopyTo(weight.Gradient.Span);
            optimizer.Step([weight]);
            TrainingGolden.AssertClose(landed.Floats(), weight.Value.Span, 1e-6, name);
        }
    }

    public static TheoryData<string, LearningRateSchedule> Schedules => new()
    {
        { "constant", LearningRateSchedule.Constant(0.5f) },
        { "step", LearningRateSchedule.Step(0.5f, 7, 0.3) },
        { "exponential", LearningRateSchedule.Exponential(0.5f, 0.97) },
        { "cosine", LearningRateSchedule.Cosine(0.5f, 20) },
        { "warm-cosine", LearningRateSchedule.Cosine(0.5f, 30, warmUp: 5, lowest: 0.01f) },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_gives_the_rates_that_PyTorch_gives(string name, LearningRateSchedule schedule)
    {
        var expected = TrainingGolden.Read("schedules", name).Floats();
        for (var n = 0; n < expected.Length; n++)
        {
            Assert.Equal(expected[n], schedule.Rate(n), 2e-7);
        }

        Assert.Contains("rate 0.5", schedule.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cosine_stays_at_its_end() =>
        Assert.Equal(0.01f, LearningRateSchedule.Cosine(0.5f, 30, warmUp: 5, lowest: 0.01f).Rate(1000));

    [Fact]
    public void Schedules_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Exponential(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1, 5, warmUp: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1, 5, lowest: 2));
    }

    [Fact]
    public void The_learning_rate_can_be_changed_between_steps()
    {
        var weight = new Parameter("w", 1);
        var optimizer = new Sgd(1);
        weight.Gradient[0] = 1;
        optimizer.Step([weight]);
        optimizer.LearningRate = 0.25f;
        optimizer.Step([weight]);
        Assert.Equal(-1.25f, weight.Value[0]);
    }

    [Fact]
    public void Each_parameter_has_its_own_memory()
    {
        var (small, large) = (new Parameter("small", 3), new Parameter("large", 3));
        var alone = new Parameter("alone", 3);
        var (together, single) = (new Adam(0.1f), new Adam(0.1f));
        for (var step = 1; step <= 3; step++)
        {
            small.Gradient.Fill(step);
            large.Gradient.Fill(-100 * step * step);
            alone.Gradient.Fill(step);
            together.Step([large, small]);
            single.Step([alone]);
        }

        Assert.Equal(alone.Value.Span.ToArray(), small.Value.Span.ToArray());
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0.1f, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(0.1f, alpha: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1f, beta1: -0.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1f).LearningRate = float.PositiveInfinity);
        Assert.Contains("weightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(0.1f, weightDecay: float.PositiveInfinity)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(0.1f, weightDecay: -1));
        foreach (var bad in (float[])[float.NaN, -float.NaN, float.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0.1f, momentum: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(0.1f, alpha: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(0.1f, epsilon: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1f, beta1: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1f, beta2: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1f, epsilon: bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(0.1f, weightDecay: bad));
        }
    }
}
