using System.ComponentModel;
using System.Diagnostics;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>Gives a study to a cluster: a job array of Slurm whose tasks are the shards.</summary>
internal static class SlurmArray
{
    /// <summary>Writes the job script and submits it.</summary>
    /// <param name="place">The study.</param>
    /// <param name="tasks">Tasks of the array, 1 or more.</param>
    /// <param name="bare">Leave out what differs from machine to machine.</param>
    /// <exception cref="BookException">There is no Slurm here, or it refuses the job.</exception>
    public static int Submit(StudyPlace place, int tasks, bool bare)
    {
        if (tasks < 1)
        {
            throw new BookException($"--slurm is {tasks}: a number of tasks, 1 or more, is needed.");
        }

        Directory.CreateDirectory(place.ShardFolder);
        var script = Path.Combine(place.ShardFolder, "job.sh");
        AtomicFile.WriteText(script, Script(place, tasks, bare));
        Terminal.Output.Say(Submit(script));
        Terminal.Output.Say($"`book study status {place.Study.Name}` says how far it is; `book study merge {place.Study.Name}` puts the shards together.");
        return 0;
    }

    /// <summary>One task has one core and trains one network at a time; the program is the one that runs now.</summary>
    public static string Script(StudyPlace place, int tasks, bool bare) => $"""
        #!/bin/bash
        #SBATCH --job-name=rnnbook-{place.Study.Name}
        #SBATCH --array=0-{tasks - 1}
        #SBATCH --ntasks=1
        #SBATCH --cpus-per-task=1
        #SBATCH --chdir={place.Book.Root}
        #SBATCH --output={place.ShardFolder}/task-%a.log
        exec "{Environment.ProcessPath}" {Quoted(Dll)}study run {place.Study.Name} --workers 1 --shard "$SLURM_ARRAY_TASK_ID/{tasks}" --to "{place.File}"{(bare ? " --bare" : "")}

        """.ReplaceLineEndings("\n");

    /// <summary>The program's dll where it runs under `dotnet`; nothing where it has a launcher of its own.</summary>
    private static string? Dll => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? typeof(SlurmArray).Assembly.Location : null;

    private static string Quoted(string? path) => path is null ? "" : $"\"{path}\" ";

    private static string Submit(string script)
    {
        try
        {
            using var sbatch = Process.Start(new ProcessStartInfo("sbatch", [script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = sbatch.StandardOutput.ReadToEnd().Trim();
            var refused = sbatch.StandardError.ReadToEnd().Trim();
            sbatch.WaitForExit();
            return sbatch.ExitCode == 0 ? said : throw new BookException($"Slurm refuses {script}: {refused}");
        }
        catch (Win32Exception)
        {
            throw new BookException($"There is no Slurm here (no `sbatch`). The job script is {script}; submit it on the cluster.");
        }
    }
}
