using BenchmarkDotNet.Attributes;

namespace RnnBook.Benchmarks;

/// <summary>Value and derivative of 4,096 pre-activations: ns divided by 4,096 is the time of one.</summary>
public class ActivationBenchmarks
{
    private readonly float[] x = new float[4096];
    private readonly float[] y = new float[4096];

    [ParamsSource(nameof(Names))]
    public string Function { get; set; } = "";

    public static IEnumerable<string> Names => Activation.All.Select(activation => activation.Name);

    private Activation Chosen { get; set; } = Activation.Identity;

    [GlobalSetup]
    public void Setup()
    {
        Chosen = Activation.All.First(activation => activation.Name == Function);
        var random = new RandomSource(1);
        foreach (ref var value in x.AsSpan())
        {
            value = (float)random.NextGaussian();
        }
    }

    [Benchmark]
    public void Value() => Chosen.Apply(x, y);

    [Benchmark]
    public void Derivative() => Chosen.ApplyDerivative(x, y);
}
