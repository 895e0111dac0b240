using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>Article B's program gives PyTorch's numbers; make_keras_program.py describes file and formula.</summary>
public sealed class KerasProgramGoldenTests
{
    private static readonly double[] Scales = [0.8, 0.15, 0.3, 0.15, 0.2, 0.3, 0.5, 0.2];

    private static readonly JsonElement Golden =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "keras-program.golden.json"))).RootElement;

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Answers_loss_and_gradients_agree(string f)
    {
        var (program, batch) = Start(f);
        Close.Assert(Tensor.From([.. Golden.GetProperty(f).GetProperty("answers").EnumerateArray().SelectMany(Floats)], 7, 1), program.Model.Forward(batch), "answers");
        var loss = program.Model.LossAndGradients(batch, new MeanSquaredError());
        Assert.Equal(Golden.GetProperty(f).GetProperty("loss").GetDouble(), loss, 1e-5);
        foreach (var parameter in program.Parameters)
        {
            var expected = Golden.GetProperty(f).GetProperty("gradients").GetProperty(parameter.Name);
            var step = expected.GetProperty("step").GetInt32();
            var values = Floats(expected.GetProperty("values")).ToArray();
            var found = parameter.Gradient.Span.ToArray().Where((_, i) => i % step == 0).ToArray();
            Close.Assert(Tensor.From(values, values.Length), Tensor.From(found, values.Length), parameter.Name);
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Ten_updates_of_Adam_go_the_same_way(string f)
    {
        var (program, batch) = Start(f);
        var losses = program.Fit(batch, new Adam(), new RandomSource(1), epochs: 10, batchSize: 7);
        Assert.Equal(
            Golden.GetProperty(f).GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()),
            losses,
            (expected, loss) => Math.Abs(expected - loss) <= 1e-4);
        Assert.All(program.Model.Parameters.Where(p => p.Name.Contains("bias_hh")), p => Assert.Equal(0, p.Value.Span.ToArray().Max(Math.Abs)));
    }

    private static (KerasProgram Program, Batch Batch) Start(string f)
    {
        var program = new KerasProgram(f == "relu" ? Activation.Relu : Activation.Tanh);
        for (var i = 0; i < program.Parameters.Count; i++)
        {
            Wave(21 + i, Scales[i], program.Parameters[i].Value);
        }

        var batch = new Batch(new Tensor(10, 7, 1), new Tensor(7, 1));
        Wave(29, 1, batch.Inputs);
        Wave(30, 1, batch.Targets!);
        return (program, batch);
    }

    private static void Wave(int m, double scale, Tensor target)
    {
        for (var n = 0; n < target.Count; n++)
        {
            target.Span[n] = (float)(scale * Math.Sin(m + ((double)n * n)));
        }
    }

    private static IEnumerable<float> Floats(JsonElement values) => values.EnumerateArray().Select(value => (float)value.GetDouble());
}
