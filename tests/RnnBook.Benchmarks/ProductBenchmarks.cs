using BenchmarkDotNet.Attributes;

namespace RnnBook.Benchmarks;

/// <summary>The product of one time step, [rows, H]·[H, H] with the weights packed: 2·rows·H² operations.</summary>
public class ProductBenchmarks
{
    private readonly Kernels kernels = Kernels.Best;
    private readonly PackedMatrix a = new();
    private readonly PackedMatrix b = new();
    private readonly PackedMatrix c = new();
    private readonly PackedMatrix zero = new();

    [Params(1, 8, 16, 64)]
    public int Rows { get; set; }

    [Params(100, 256, 512)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        a.Resize(kernels.Width, Rows, Units);
        b.Resize(kernels.Width, Units, Units);
        c.Resize(kernels.Width, Rows, Units);
        zero.Resize(kernels.Width, 1, kernels.Width);
        var random = new RandomSource(1);
        for (var column = 0; column < Units; column++)
        {
            for (var row = 0; row < Rows; row++)
            {
                a[row, column] = random.NextSingle();
            }

            for (var row = 0; row < Units; row++)
            {
                b[row, column] = random.NextSingle();
            }
        }
    }

    [Benchmark]
    public void Multiply() => kernels.Multiply(new GemmArguments
    {
        A = a.Block(0, Rows),
        B = b.Block(0, Units),
        Start = zero.RepeatFirst(),
        C = c.Block(0, Rows),
        Rows = Rows,
        Panels = c.Panels,
        Inner = Units,
    });
}
