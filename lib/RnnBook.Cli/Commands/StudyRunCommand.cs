using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace RnnBook.Cli;

/// <summary><c>book study run</c>: does the runs that are missing, here or as a job array of Slurm.</summary>
internal static class StudyRunCommand
{
    private static readonly Option<string?> Shard = new("--shard")
    {
        Description = "Do only part i of n of the runs, i from 0; results go to artifacts/studies/NAME/, `book study merge` puts them together.",
        HelpName = "i/n",
    };

    private static readonly Option<int?> Workers = new("--workers") { Description = "Runs at the same time; without it: one a core.", HelpName = "n" };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only runs with this setting, such as T=100; may stand several times.",
        HelpName = "name=value",
    };

    private static readonly Option<bool> Develop = new("--develop") { Description = "Only runs on developing seeds, below 1000." };

    private static readonly Option<int?> Slurm = new("--slurm")
    {
        Description = "Submit a Slurm job array of n tasks, one a shard, instead of running here.",
        HelpName = "n",
    };

    private static readonly Option<bool> Bare = new("--bare")
    {
        Description = "Leave out what differs from machine to machine (seconds, commit, machine, day), so that files can be compared byte for byte.",
    };

    public static Command Create(Argument<string> name, Option<string> file, Option<bool> json)
    {
        Workers.Needs("a number of 1 or more", 1, int.MaxValue);
        Slurm.Needs("a number of 1 or more", 1, int.MaxValue);
        var run = new Command("run", "Do the runs that are missing. What is recorded is never run again; a stopped study goes on where it stopped.")
        {
            name, Shard, Workers, Only, Develop, Slurm, Bare, file, json,
        };
        run.SetAction((parsed, token) => Task.Run(() => Run(parsed, StudyCommand.Place(parsed), parsed.GetValue(json), token), token));
        return run;
    }

    private static int Run(ParseResult parsed, StudyPlace place, bool json, CancellationToken token)
    {
        if (parsed.GetValue(Slurm) is { } tasks)
        {
            return SlurmArray.Submit(place, tasks, parsed.GetValue(Bare));
        }

        var (index, count) = ParseShard(parsed.GetValue(Shard));
        var isWhole = count == 1;
        var file = isWhole ? place.File : place.ShardFile(index, count);
        var runner = new StudyRunner(place.Study, file)
        {
            Shard = (index, count),
            Workers = parsed.GetValue(Workers) ?? Environment.ProcessorCount,
            Only = Filter(parsed.GetValue(Only) ?? [], parsed.GetValue(Develop)),
            Others = isWhole ? [] : place.Load(),
            WithOrigin = !parsed.GetValue(Bare),
        };
        try
        {
            var results = new StudyDisplay(place.Study, quiet: json).Run(runner, token);
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new
                {
                    name = place.Study.Name,
                    file,
                    runs = results.Count,
                    missing = place.Study.Missing(results).Count,
                }));
            }
            else
            {
                Terminal.Output.Say($"{file}: {results}");
            }

            return 0;
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or InvalidOperationException)
        {
            throw new BookException(failed.Message);
        }
    }

    private static (int Index, int Count) ParseShard(string? shard)
    {
        if (shard is null)
        {
            return (0, 1);
        }

        return shard.Split('/') is [var i, var n] && int.TryParse(i, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(n, CultureInfo.InvariantCulture, out var count) && index >= 0 && index < count
            ? (index, count)
            : throw new BookException($"--shard is \"{shard}\": i/n is needed, with i from 0 to n − 1, such as 0/4.");
    }

    private static Func<RunKey, bool> Filter(IReadOnlyList<string> only, bool develop)
    {
        var wanted = only.Select(setting => setting.Split('=', 2) is [var name, var value]
            ? (Name: name, Value: value)
            : throw new BookException($"--only is \"{setting}\": name=value is needed, such as T=100.")).GroupBy(setting => setting.Name, setting => setting.Value).ToList();
        return key => (!develop || key.Seed < 1000)
            && wanted.All(setting => key.Names.Contains(setting.Key) && setting.Contains(key.Text(setting.Key)));
    }
}
