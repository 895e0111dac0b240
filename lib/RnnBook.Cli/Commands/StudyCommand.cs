using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book study</c>: runs recorded experiments, says how far they are, and repeats recorded runs.</summary>
internal static class StudyCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The study; `book study list` says which there are." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print only JSON on standard output." };

    private static readonly Option<string> File = new("--to")
    {
        Description = "The results file, instead of data/results/NAME.jsonl.",
        HelpName = "file",
    };

    public static Command Create()
    {
        var list = new Command("list", "Say which studies there are, and how far each is.") { Json };
        list.SetAction(parsed => List(parsed.GetValue(Json)));
        var status = new Command("status", "Say how far a study is: runs by settings, runs that are missing, shards that are not merged.") { Name, File, Json };
        status.SetAction(parsed => Status(Place(parsed), parsed.GetValue(Json)));
        var merge = new Command("merge", "Put the results of shards, or of other machines, into the results file.") { Name, File, MergeFiles };
        merge.SetAction(parsed => Merge(Place(parsed), parsed.GetValue(MergeFiles) ?? []));
        return new Command("study", "Recorded experiments, in data/results/: too long for a page, repeatable run by run.")
        {
            list, StudyRunCommand.Create(Name, File, Json), status, StudyVerifyCommand.Create(Name, File, Json), merge,
        };
    }

    private static readonly Argument<string[]> MergeFiles = new("files")
    {
        Description = "Results files; without any, those of the study's shards in artifacts/studies/NAME/.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The study and the files that the command line means.</summary>
    /// <exception cref="BookException">There is no such study.</exception>
    public static StudyPlace Place(ParseResult parsed)
    {
        try
        {
            return new StudyPlace(BookFolder.Find(), StudyList.Named(parsed.GetValue(Name)!), parsed.GetValue(File));
        }
        catch (KeyNotFoundException unknown)
        {
            throw new BookException(unknown.Message);
        }
    }

    private static int List(bool json)
    {
        var book = BookFolder.Find();
        var rows = StudyList.All.Select(study => (Study: study, Results: new StudyPlace(book, study, null).Load())).ToList();
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(rows.Select(row => new
            {
                name = row.Study.Name,
                question = row.Study.Question,
                claims = row.Study.Claims,
                runs = row.Results.Count,
                missing = row.Study.Missing(row.Results).Count,
            })));
            return 0;
        }

        foreach (var (study, results) in rows)
        {
            Terminal.Output.Say($"{study.Name}: {study.Question}");
            Terminal.Output.Say($"    {(study.Claims.Count == 0 ? "decides no claim" : "claims " + string.Join(" ", study.Claims))}; {results}; {Missing(study, results)}");
        }

        return 0;
    }

    private static int Status(StudyPlace place, bool json)
    {
        var (study, recorded) = (place.Study, place.Load());
        var shards = place.ShardFiles.Select(file => (File: file, Runs: StudyPlace.Load(file).Count(run => !recorded.Contains(run.Key)))).Where(s => s.Runs > 0).ToList();
        var missing = study.Missing(recorded);
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                name = study.Name,
                file = place.File,
                runs = recorded.Count,
                missing = missing.Count,
                outcomes = recorded.CountBy(run => run.Class).ToDictionary(),
                atEdge = AtEdge(study, recorded).Select(choice => choice.ToString()),
                shards = shards.Select(shard => new { file = shard.File, unmerged = shard.Runs }),
            }));
            return 0;
        }

        Terminal.Output.Say($"{study.Name}: {study.Question}");
        Terminal.Output.Say($"{place.File}: {recorded}");
        Terminal.Output.Say(string.Join(", ", recorded.CountBy(run => run.Class).OrderByDescending(count => count.Value).Select(count => $"{count.Value} {count.Key}")));
        Terminal.Output.Say(Missing(study, recorded));
        if (study.Tuning is not null)
        {
            var edges = AtEdge(study, recorded);
            Terminal.Output.Say(edges.Count == 0
                ? "Every contestant's best setting lies inside of its grid."
                : "Best setting at an end of its grid:");
            edges.ForEach(choice => Terminal.Output.Say($"    {choice}{(choice.LearnsNothing ? ", which learns nothing anywhere" : "")}"));
        }

        shards.ForEach(shard => Terminal.Output.Say($"{shard.File}: {shard.Runs} runs wait for `book study merge {study.Name}`."));
        return 0;
    }

    private static List<TunedChoice> AtEdge(Study study, StudyResults recorded) =>
        [.. (study.Tuning?.Choose(recorded) ?? []).Where(choice => choice.AtEdge.Count > 0)];

    private static string Missing(Study study, StudyResults results) =>
        study.Missing(results) is { Count: > 0 } missing ? $"{missing.Count} runs of the present stage are missing" : "complete";

    private static int Merge(StudyPlace place, string[] files)
    {
        files = files.Length > 0 ? files : [.. place.ShardFiles];
        if (files.Length == 0)
        {
            throw new BookException($"There is nothing to merge: no shards of {place.Study.Name} in {place.ShardFolder}.");
        }

        var merged = place.Load();
        var before = merged.Count;
        foreach (var record in files.SelectMany(StudyPlace.Load))
        {
            merged.Add(record);
        }

        merged.Save(place.File);
        Terminal.Output.Say($"{merged.Count - before} runs merged from {files.Length} files: {place.File} has {merged.Count}; {Missing(place.Study, merged)}.");
        return 0;
    }
}
