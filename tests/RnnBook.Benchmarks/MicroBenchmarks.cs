using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RnnBook.Benchmarks;

/// <summary>Runs the small benchmarks, in this process: they need no build of their own.</summary>
internal static class MicroBenchmarks
{
    public static void Run(string filter)
    {
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "rnnbook-benchmarks"));
        BenchmarkSwitcher.FromTypes([typeof(ActivationBenchmarks), typeof(ProductBenchmarks)]).Run(["--filter", filter], config);
    }
}
