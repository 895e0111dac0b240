using System.Diagnostics;
using System.Globalization;

namespace RnnBook.Tests;

/// <summary>
/// What the library prints does not depend on the culture. The one here is made, so that no data of the system's is needed: its comma, its signs and
/// its groups are unlike the invariant ones.
/// </summary>
public sealed class CultureTests
{
    [Fact]
    public void Texts_are_the_same_under_a_culture_with_a_comma()
    {
        var expected = Texts();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = WithComma();
            Assert.Equal("1,5", $"{1.5}");
            Assert.Equal(expected, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The tests run without culture data; a process of its own has them, where the system does.</summary>
    [SkippableFact]
    public void Texts_are_the_same_under_German()
    {
        var assembly = typeof(CultureTests).Assembly.Location;
        var settings = Path.Combine(Path.GetTempPath(), $"rnnbook-{Guid.NewGuid():n}.runtimeconfig.json");
        File.WriteAllText(settings, File.ReadAllText(Path.ChangeExtension(assembly, ".runtimeconfig.json"))
            .Replace("\"System.Globalization.Invariant\": true", "\"System.Globalization.Invariant\": false", StringComparison.Ordinal));
        try
        {
            var deps = Path.ChangeExtension(assembly, ".deps.json");
            var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", settings, "--depsfile", deps, assembly, "german"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var child = Process.Start(start)!;
            var error = child.StandardError.ReadToEndAsync();
            var lines = child.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
            child.WaitForExit();
            Skip.If(child.ExitCode != 0 && error.Result.Contains("ICU", StringComparison.Ordinal), "This system has no culture data (ICU).");
            Assert.True(child.ExitCode == 0, error.Result);
            Assert.Equal("1,5", lines[0]);
            Assert.Equal(Texts(), lines[1..]);
        }
        finally
        {
            File.Delete(settings);
        }
    }

    /// <summary>What the child process does.</summary>
    internal static void Report(TextWriter output)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        output.Write($"{1.5}\n{string.Join('\n', Texts())}\n");
    }

    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.PercentDecimalSeparator) = (",", ",");
        (numbers.NumberGroupSeparator, numbers.PercentGroupSeparator, numbers.PercentSymbol) = (".", ".", "pc");
        return culture;
    }

    /// <summary>Everything that prints numbers, and the messages that quote them.</summary>
    private static List<string> Texts()
    {
        var random = new RandomSource(1);
        var layer = new Rnn(2, 3, Activation.LeakyRelu, random) { RecordStateGradients = true, StateGradientClip = StateGradientClip.ByNorm(0.5f), FlushBelow = 1.5e-30f };
        var model = new SequenceModel(layer, new Linear(3, 1, random));
        var batch = RandomNet.Targets(4, 3, 2, 1, everyStep: false, random);
        model.LossAndGradients(batch, new MeanSquaredError());
        var task = new Half();
        var trainer = new Trainer(model, task, new Adam(0.0015f)) { BatchSize = 4, TestSize = 4, ClipNorm = 1.5 };
        var history = trainer.Run(2);
        var text = new List<string>
        {
            $"{layer.States}", $"{model}", $"{batch}", $"{task}", $"{history.Last}", $"{trainer}", $"{layer.StateGradientClip}",
            $"{GradientCheck.Measure(model, batch, new MeanSquaredError(), 2)}", $"{new Sgd(0.5f, 0.25f)}", $"{new RmsProp(0.5f)}", $"{new Adam(0.5f)}", $"{new AdamW(0.5f)}",
            $"{LearningRateSchedule.Cosine(0.5f, 100)}", $"{Initializer.Gaussian(0.5f)}", $"{Initializer.Orthogonal(0.5f)}", $"{Initializer.Constant(0.5f)}",
            $"{Initializer.Identity(0.5f)}", $"{Initializer.GaussianScaled(0.5f)}", $"{new Elu(0.5f)}", $"{new LeakyRelu(0.05f)}", $"{new PRelu(0.25f)}",
            $"{Spectrum.Summarize(layer.WeightHh.Value.ToMatrix())}", $"{Activity.Measure(layer.States, Activation.Tanh)}", ((IModel)model).GradientBounds,
        };
        text.AddRange(Activation.All.Select(f => f.ToString()));

        // The seconds are never the same twice.
        text.Add(history.ToString().Replace(history.Seconds.ToString("F2", CultureInfo.InvariantCulture), "s", StringComparison.Ordinal));
        text[4] = text[4].Replace(history.Last.Seconds.ToString("F2", CultureInfo.InvariantCulture), "s", StringComparison.Ordinal);
        batch.Inputs[0, 0, 0] = float.NaN;
        text.Add(Assert.Throws<ArgumentException>(() => model.Forward(batch.Inputs)).Message);
        text.Add(Assert.Throws<ArgumentException>(() => new Embedding(3, 2).Forward(Tensor.From([1.5f], 1, 1))).Message);
        return text;
    }

    private sealed class Half : SequenceTask
    {
        public Half()
            : base(new MeanSquaredError()) => (Name, SequenceLength, InputSize, OutputSize, Baseline) = ("half", 3, 2, 1, 0.25);

        protected override void Draw(Batch batch, RandomSource random, bool test)
        {
            batch.Inputs.Fill(0.5f);
            batch.Targets!.Fill(0.5f);
        }
    }
}
