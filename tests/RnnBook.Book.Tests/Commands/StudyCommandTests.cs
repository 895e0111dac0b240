using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RnnBook.Book.Tests;

/// <summary><c>book study</c>, as a reader runs it. The study "mean-field" serves: its runs take milliseconds.</summary>
public sealed class StudyCommandTests : IDisposable
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("RNNBOOK_KILLS") ?? "6");

    private readonly TinyBook book = new TinyBook().Chapter("00-good", "1");

    private string Results => Path.Combine(book.Root, "results.jsonl");

    public void Dispose() => book.Dispose();

    /// <summary>Killed at random moments (RNNBOOK_KILLS of them, 6 without it): no half line, no run twice, and the end is the same.</summary>
    [SkippableFact]
    public async Task A_study_survives_kill_9()
    {
        Skip.If(OperatingSystem.IsWindows(), "kills with a signal, which Windows lacks");
        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var running = BookProcess.Start(book.Root, "study", "run", "mean-field", "--to", Results, "--bare");
            await Task.Delay(random.Next(300, 1500));
            running.Signal("KILL");
            await running.EndAsync();
            if (File.Exists(Results))
            {
                var lines = await File.ReadAllLinesAsync(Results);
                Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)));
                Assert.Equal(lines.Length, lines.Select(line => (string)JsonNode.Parse(line)!["key"]!.ToJsonString()).Distinct().Count());
            }
        }

        await Succeeds("study", "run", "mean-field", "--to", Results, "--bare");
        var whole = Path.Combine(book.Root, "whole.jsonl");
        await Succeeds("study", "run", "mean-field", "--to", whole, "--bare");
        Assert.Equal(await File.ReadAllTextAsync(whole), await File.ReadAllTextAsync(Results));
    }

    [Fact]
    public async Task Half_of_the_lines_are_run_again_and_only_those()
    {
        await Succeeds("study", "run", "mean-field", "--to", Results, "--only", "net=tanh");
        var whole = await File.ReadAllLinesAsync(Results);
        await File.WriteAllLinesAsync(Results, whole.Where((_, i) => i % 2 == 0));
        await Succeeds("study", "run", "mean-field", "--to", Results, "--only", "net=tanh");
        var again = await File.ReadAllLinesAsync(Results);
        Assert.Equal(whole.Length, again.Length);
        Assert.All(whole.Index().Where(line => line.Index % 2 == 0), line => Assert.Equal(line.Item, again[line.Index]));
    }

    [Fact]
    public async Task Shards_are_merged_into_the_file_of_one_machine()
    {
        var one = Path.Combine(book.Root, "one.jsonl");
        await Succeeds("study", "run", "mean-field", "--to", one, "--bare");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Succeeds("study", "run", "mean-field", "--to", Results, "--bare", "--workers", "1", "--shard", $"{i}/3")));
        Assert.Contains("180 runs merged from 3 files", (await Succeeds("study", "merge", "mean-field", "--to", Results)).Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(one), await File.ReadAllTextAsync(Results));
        var status = JsonNode.Parse((await Succeeds("study", "status", "mean-field", "--to", Results, "--json")).Output)!;
        Assert.Equal((180, 0), ((int)status["runs"]!, (int)status["missing"]!));
    }

    [Fact]
    public async Task Recorded_runs_are_verified_and_a_forged_one_is_found()
    {
        await Succeeds("study", "run", "mean-field", "--to", Results, "--only", "net=ReLU");
        Assert.Contains("4 of 4 begin as recorded, 4 of 4 end", (await Succeeds("study", "verify", "mean-field", "--to", Results, "--runs", "4")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Results, Regex.Replace(await File.ReadAllTextAsync(Results), "\"error\":[^}]*", "\"error\":9"));
        var forged = await BookProcess.RunAsync(book.Root, "study", "verify", "mean-field", "--to", Results, "--runs", "2");
        Assert.Equal(1, forged.ExitCode);
        Assert.Contains("FIRST UPDATES DIFFER", forged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Studies_are_listed()
    {
        var list = JsonNode.Parse((await Succeeds("study", "list", "--json")).Output)!.AsArray();
        Assert.Contains("race", list.Select(study => (string)study!["name"]!));
        Assert.All(list, study => Assert.NotEmpty((string)study!["question"]!));
    }

    [Theory]
    [InlineData("There is no study \"rase\". There are: ", "study", "run", "rase")]
    [InlineData("--shard is \"4/4\": i/n is needed", "study", "run", "mean-field", "--shard", "4/4")]
    [InlineData("--only is \"T\": name=value is needed", "study", "run", "mean-field", "--only", "T")]
    [InlineData("There is nothing to verify: ", "study", "verify", "mean-field", "--to", "none.jsonl")]
    [InlineData("There is nothing to merge: no shards of mean-field in ", "study", "merge", "mean-field")]
    public async Task Bad_input_is_refused_in_one_line(string message, params string[] arguments)
    {
        var refused = await BookProcess.RunAsync(book.Root, arguments);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith(message, refused.Errors.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Errors.Trim());
    }

    [Fact]
    public async Task A_damaged_results_file_is_named_with_its_line()
    {
        await File.WriteAllTextAsync(Results, "{\"key\":");
        var refused = await BookProcess.RunAsync(book.Root, "study", "status", "mean-field", "--to", Results);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"{Results}, line 1: ", refused.Errors.Trim(), StringComparison.Ordinal);
    }

    private async Task<BookResult> Succeeds(params string[] arguments)
    {
        var result = await BookProcess.RunAsync(book.Root, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return result;
    }
}
