using System.Diagnostics;
using RnnBook.Book.Tests;

namespace RnnBook.Tests;

/// <summary>A training process is killed at random moments, 100 times with RNNBOOK_THOROUGH=1 and 20 times without; what it left behind must always lead to the same end.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = Thorough.IsAsked ? 100 : 20;
    private const int AllUpdates = 1000;
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void After_each_kill_a_resumed_run_ends_in_the_bits_of_the_undisturbed_one()
    {
        var undisturbed = new TinyTraining("adam", 1);
        var expected = undisturbed.Bits(undisturbed.Trainer().Run(AllUpdates));
        var file = Path.Combine(folder, "run.safetensors");
        var random = new RandomSource((ulong)Environment.TickCount64);
        var (found, brokenOff) = (new HashSet<int>(), 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            TrainAndKill(file, TimeSpan.FromMilliseconds(random.NextUniform(0, 40)));
            foreach (var part in Directory.EnumerateFiles(folder, "*.tmp"))
            {
                File.Delete(part);
                brokenOff++;
            }

            var resumed = new TinyTraining("adam", 1, seed: 5);
            var trainer = resumed.Trainer();
            if (File.Exists(file))
            {
                trainer.Resume(file);
            }

            var saved = trainer.Updates;
            found.Add(saved);
            Assert.Equal(expected, resumed.Bits(trainer.Run(AllUpdates - saved)));
            if (saved > AllUpdates / 2)
            {
                // So that no child reaches the end before it is killed.
                File.Delete(file);
            }
        }

        Assert.True(found.Count > Kills / 4, $"the kills came at only {found.Count} different updates");
        Assert.True(brokenOff > 0, "no kill hit the writing of a file: the test shows nothing");
    }

    /// <summary>What the child process does: trains, saving after every update, until it is killed.</summary>
    internal static void Train(string file)
    {
        var trainer = new TinyTraining("adam", 1).Trainer(file, every: 1);
        if (File.Exists(file))
        {
            trainer.Resume(file);
        }

        trainer.Run(AllUpdates - trainer.Updates, point =>
        {
            if (point.Update > 0)
            {
                Console.WriteLine("trains");
            }
        });
    }

    private static void TrainAndKill(string file, TimeSpan delay)
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(KillTests).Assembly.Location, "train", file])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("trains", child.StandardOutput.ReadLine());
        Thread.Sleep(delay);
        child.Kill();
        child.WaitForExit();
        Assert.Equal(128 + 9, child.ExitCode);
    }
}
