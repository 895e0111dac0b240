using System.Diagnostics;
using System.Globalization;

namespace RnnBook.Tests;

/// <summary>A process in which .NET may not use some of the processor's registers computes the same to rounding, and really without them.</summary>
public sealed class RegisterTests
{
    /// <summary>The switches are those of .NET 10, where EnableAVX512 took the place of EnableAVX512F, which no longer does anything.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 8)]
    [InlineData("DOTNET_EnableAVX2", 4)]
    [InlineData("DOTNET_EnableHWIntrinsic", 1)]
    public void Training_without_some_registers_agrees(string registers, int widest)
    {
        using var here = new StringWriter();
        Report(here);
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(RegisterTests).Assembly.Location, "registers"]) { RedirectStandardOutput = true };
        start.Environment[registers] = "0";
        using var child = Process.Start(start)!;
        var without = Numbers(child.StandardOutput.ReadToEnd());
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        Assert.InRange(without[0], 1, widest);
        Assert.All(Numbers(here.ToString()).Zip(without).Skip(1), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * pair.First));
    }

    /// <summary>Prints how many floats a register has, then of every cell the loss and the norm of the gradients at each of ten updates.</summary>
    internal static void Report(TextWriter output)
    {
        output.WriteLine(Kernels.Best.Width);
        foreach (var cell in RandomNet.Cells)
        {
            var random = new RandomSource(1);
            var model = RandomNet.Model([cell, "Tanh"], 3, 19, 2, everyStep: true, random);
            var batch = RandomNet.Targets(7, 5, 3, 2, everyStep: true, random);
            var optimizer = new Adam(0.001f);
            for (var i = 0; i < 10; i++)
            {
                var loss = model.LossAndGradients(batch, new MeanSquaredError());
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loss:R} {GradientClip.GlobalNorm(model.Parameters):R}"));
                optimizer.Step(model.Parameters);
            }
        }
    }

    private static double[] Numbers(string text) =>
        [.. text.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
