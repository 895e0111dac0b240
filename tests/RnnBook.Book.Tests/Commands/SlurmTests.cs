using System.Diagnostics;

namespace RnnBook.Book.Tests;

/// <summary>A study on a real Slurm: tests/slurm/start-node.sh makes one of this machine.</summary>
public sealed class SlurmTests
{
    [SkippableFact]
    public async Task An_array_of_four_makes_the_file_of_one_machine()
    {
        Skip.IfNot(HasSlurm(), "there is no Slurm here; tests/slurm/start-node.sh starts one (root, Debian's slurm-wlm and munge)");
        using var book = new TinyBook().Chapter("00-good", "1");
        var (one, array) = (Path.Combine(book.Root, "one.jsonl"), Path.Combine(book.Root, "array.jsonl"));
        var submitted = await BookProcess.RunAsync(book.Root, "study", "run", "mean-field", "--to", array, "--bare", "--slurm", "4");
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
        Assert.Contains("Submitted batch job", submitted.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await BookProcess.RunAsync(book.Root, "study", "run", "mean-field", "--to", one, "--bare")).ExitCode);
        var job = submitted.Output.Split("Submitted batch job ")[1].Split('\n')[0].Trim();
        while (Said("squeue", "-h", "-j", job).Length > 0)
        {
            await Task.Delay(500);
        }

        var merged = await BookProcess.RunAsync(book.Root, "study", "merge", "mean-field", "--to", array);
        var logs = string.Concat(Directory.EnumerateFiles(Path.Combine(book.Root, "artifacts", "studies", "mean-field"), "*.log").Select(File.ReadAllText));
        Assert.True(merged.Output.Contains("180 runs merged from 4 files", StringComparison.Ordinal), merged.Output + merged.Errors + logs);
        Assert.Equal(await File.ReadAllTextAsync(one), await File.ReadAllTextAsync(array));
    }

    private static bool HasSlurm()
    {
        try
        {
            return Said("sinfo", "-h", "-o", "%T").Length > 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Said(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return said;
    }
}
