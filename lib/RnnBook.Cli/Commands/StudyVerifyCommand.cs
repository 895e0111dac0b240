using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book study verify</c>: repeats recorded runs, chosen at random, and compares.</summary>
internal static class StudyVerifyCommand
{
    private static readonly Option<int> Runs = new("--runs") { Description = "How many runs to repeat.", DefaultValueFactory = _ => 5, HelpName = "k" };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Chooses the runs; without it, others every time.",
        DefaultValueFactory = _ => (ulong)Random.Shared.NextInt64(1_000_000),
    };

    public static Command Create(Argument<string> name, Option<string> file, Option<bool> json)
    {
        Runs.Needs("a number of 1 or more", 1, int.MaxValue);
        Seed.Needs("a whole number of 0 or more", 0UL, ulong.MaxValue);
        var verify = new Command("verify", "Repeat recorded runs, chosen at random: the first 100 updates must agree to 1e-4, and the end should be of the same class.")
        {
            name, Runs, Seed, file, json,
        };
        verify.SetAction((parsed, token) => Task.Run(
            () => Verify(StudyCommand.Place(parsed), parsed.GetValue(Runs), parsed.GetValue(Seed), parsed.GetValue(json), token), token));
        return verify;
    }

    private static int Verify(StudyPlace place, int count, ulong seed, bool json, CancellationToken token)
    {
        var recorded = place.Load();
        if (recorded.Count == 0)
        {
            throw new BookException($"There is nothing to verify: {place.File} has no runs.");
        }

        var console = json ? Terminal.Error : Terminal.Output;
        var chosen = StudyVerifier.Choose(recorded, count, seed);
        console.Say($"{place.Study.Name}: {chosen.Count} of {recorded.Count} recorded runs again (--seed {seed} chooses the same).");
        var comparisons = new List<RunComparison>();
        foreach (var record in chosen)
        {
            var comparison = StudyVerifier.Repeat(place.Study, record, new RunWatch(Cancellation: token));
            comparisons.Add(comparison);
            console.Say(comparison.ToString(), comparison.StartsAlike ? null : Color.Red);
        }

        var (alike, same) = (comparisons.Count(c => c.StartsAlike), comparisons.Count(c => c.EndsAlike));
        console.Say($"{alike} of {chosen.Count} begin as recorded, {same} of {chosen.Count} end in the recorded class.");
        if (same < chosen.Count)
        {
            console.Say($"Shares: {Shares(comparisons.Select(c => c.Recorded.Class))} as recorded, {Shares(comparisons.Select(c => c.Repeated.Class))} now.");
        }

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                name = place.Study.Name,
                seed,
                runs = chosen.Count,
                beginAlike = alike,
                endAlike = same,
                comparisons = comparisons.Select(c => new
                {
                    key = JsonSerializer.Deserialize<JsonElement>(c.Recorded.Key.ToString()),
                    difference = c.LargestDifference,
                    recorded = c.Recorded.Class,
                    repeated = c.Repeated.Class,
                }),
            }));
        }

        return alike == chosen.Count ? 0 : 1;
    }

    private static string Shares(IEnumerable<string> classes) => string.Join(", ", classes.CountBy(c => c).Select(c => $"{c.Value} {c.Key}"));
}
