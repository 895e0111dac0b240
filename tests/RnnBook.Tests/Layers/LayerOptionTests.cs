namespace RnnBook.Tests;

/// <summary>What a layer may learn or do besides its weights: a slope of its own, and bounds for the gradient inside the scan.</summary>
public sealed class LayerOptionTests
{
    [Fact]
    public void Each_layer_learns_a_slope_of_its_own()
    {
        var random = new RandomSource(4);
        var model = new SequenceModel([new Rnn(2, 8, Activation.PRelu, random), new Rnn(8, 8, Activation.PRelu, random)], new Linear(8, 1, random), true);
        Assert.Equal(["rnn.slope_l0", "rnn.slope_l1"], model.Parameters.Select(p => p.Name).Where(name => name.Contains("slope", StringComparison.Ordinal)));
        var batch = RandomNet.Targets(6, 5, 2, 1, everyStep: true, random);
        var optimizer = new Sgd(0.05f);
        for (var i = 0; i < 20; i++)
        {
            model.LossAndGradients(batch, new MeanSquaredError());
            optimizer.Step(model.Parameters);
        }

        var slopes = model.Layers.Select(layer => ((PRelu)((Rnn)layer).Activation).Weight.Value[0]).ToArray();
        Assert.Equal(3, slopes.Append(Activation.PRelu.Weight.Value[0]).Distinct().Count());
        Assert.Equal(0.25f, Activation.PRelu.Weight.Value[0]);
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("residual")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Clipping_in_the_scan_bounds_every_step_with_the_same_bits_on_two_threads(string cell)
    {
        foreach (var clip in (StateGradientClip[])[StateGradientClip.ByValue(0.01f), StateGradientClip.ByNorm(0.02f)])
        {
            var runs = new[] { 1, 2 }.Select(threads =>
            {
                var random = new RandomSource(5);
                var model = RandomNet.Model([cell], 2, 19, 2, everyStep: true, random);
                var layer = model.Layers[0];
                (model.Threads, layer.StateGradientClip, layer.RecordStateGradients) = (threads, clip, true);
                var batch = RandomNet.Targets(12, 5, 2, 2, everyStep: true, random);
                model.LossAndGradients(batch, new MeanSquaredError());
                var clipped = layer.StateGradients!.Copy();
                layer.StateGradientClip = null;
                var free = model.Parameters[1].Gradient.Copy();
                model.LossAndGradients(batch, new MeanSquaredError());
                Assert.NotEqual(free.Span.ToArray(), model.Parameters[1].Gradient.Span.ToArray());
                return clipped.Span.ToArray();
            }).ToArray();
            Assert.Equal(runs[0], runs[1]);
            Assert.Equal(clip.Max, runs[0].Chunk(19).Max(g => clip.ToString().Contains('‖') ? Math.Sqrt(g.Sum(v => (double)v * v)) : g.Max(Math.Abs)), 1e-7);
        }
    }

    [Fact]
    public void A_bound_that_is_not_above_zero_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StateGradientClip.ByNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StateGradientClip.ByValue(float.NaN));
        Assert.Throws<ArgumentException>(() => PRelu.SlopeGradient(new float[3], new float[2]));
        Assert.Contains("decay 0.01", new AdamW().ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(0.1f, -1));
    }
}
