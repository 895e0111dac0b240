using System.CommandLine;

namespace RnnBook.Cli;

/// <summary>The command line of <c>book</c>.</summary>
internal static class BookCommand
{
    private static readonly Argument<string[]> Chapters = new("chapters")
    {
        Description = "Chapters by number (07, 7) or name; all when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Profile = new("--profile")
    {
        Description = "quick: the whole book in minutes. full: more seeds, longer training, under an hour. paper: the published settings, hours.",
        DefaultValueFactory = _ => "quick",
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Where all random numbers start.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double?> TimeLimit = new("--time-limit")
    {
        Description = "Seconds that one cell may run. Without it: 180 in quick, 2400 in full, no limit in paper.",
        HelpName = "seconds",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print only a JSON array, one object a claim." };

    private static readonly Option<bool> Last = new("--last") { Description = "Take the last run's results even if they are out of date; run nothing." };

    private static readonly Argument<string[]> DataSets = new("names")
    {
        Description = "Data sets by name; `book data list` says which there are.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static RootCommand Create()
    {
        Profile.AcceptOnlyFromAmong([.. RunSettings.Profiles]);
        TimeLimit.Needs("seconds above 0", double.Epsilon, double.MaxValue);
        Seed.Needs("a whole number of 0 or more", 0UL, ulong.MaxValue);

        var run = new Command("run", "Run chapters, write the executed notebooks and the site, print the ledger.") { Chapters, Profile, Seed, TimeLimit };
        run.SetAction(RunAsync);
        var claims = new Command("claims", "Print the ledger. Results of the last run are used while they are up to date; chapters without such results are run.")
        {
            Json, Last, Profile, Seed, TimeLimit,
        };
        claims.SetAction((parsed, token) => ClaimsCommand.RunAsync(Settings(parsed), parsed.GetValue(Json), parsed.GetValue(Last), token));
        var get = new Command("get", "Fetch data sets into data/, or into the folder that RNNBOOK_DATA names.") { DataSets };
        get.SetAction((parsed, token) => DataCommand.GetAsync(parsed.GetValue(DataSets) ?? [], token));
        var list = new Command("list", "Say which data sets there are, and which are here.");
        list.SetAction(_ => DataCommand.List());
        var data = new Command("data", "Public data that chapters use where it is present: MNIST, Tiny Shakespeare. Nothing needs it.") { get, list };
        var book = new RootCommand("A textbook one can run: recurrent networks and their activation functions, in C# notebooks. Without a command: run.")
        {
            run, ServeCommand.Create(Profile, Seed), JupyterCommand.Create(), claims, StudyCommand.Create(), SiteCommand.Create(), PdfCommand.Create(), data, NewChapterCommand.Create(),
            Chapters, Profile, Seed, TimeLimit,
        };
        book.SetAction(RunAsync);
        return book;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken token) =>
        RunCommand.RunAsync(Settings(parsed), parsed.GetValue(Chapters) ?? [], token);

    private static RunSettings Settings(ParseResult parsed)
    {
        var profile = parsed.GetValue(Profile)!;
        var limit = parsed.GetValue(TimeLimit) is { } seconds ? TimeSpan.FromSeconds(seconds) : RunSettings.UsualCellLimit(profile);
        return new RunSettings(profile, parsed.GetValue(Seed), limit);
    }
}
