using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>Every chapter on the real kernel, through Jupyter, as readers run it; once each.</summary>
[Collection(JupyterTests.Name)]
public sealed partial class ChapterTests(JupyterWithKernel jupyter, OwnRun own) : IClassFixture<OwnRun>
{
    public static TheoryData<string> Names => [.. Repository.Chapters];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Every_cell_runs_and_nothing_is_written_to_standard_error(string name)
    {
        jupyter.Need();
        var chapter = await jupyter.ChapterAsync(name);

        var cells = chapter.Cells.Where(cell => cell.Kind == CellKind.Code).ToList();
        Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.ExecutionCount ?? 0));
        Assert.Empty(cells.SelectMany(cell => cell.Outputs.Where(IsTrouble).Select(output => $"{cell.Id}: {output!.ToJsonString()}")));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task It_shows_what_the_books_own_engine_shows(string name)
    {
        jupyter.Need();
        var expected = CellResults.Of(await own.ChapterAsync(name));
        var shown = CellResults.Of(await jupyter.ChapterAsync(name));

        Assert.Equal(expected.Select(result => $"{result.Cell}: {result.Kind}"), shown.Select(result => $"{result.Cell}: {result.Kind}"));
        var timed = TimedClaims();
        foreach (var (ours, theirs) in expected.Zip(shown).Where(pair => !pair.First.IsTimed && !timed.Contains(pair.First.Claim)))
        {
            Assert.True(ours == theirs, $"{ours.Cell} differs.\nOurs:\n{Cut(ours.Text)}\nThe kernel's:\n{Cut(theirs.Text)}");
        }
    }

    private static bool IsTrouble(JsonNode? output) =>
        CellOutput.TypeOf(output) == "error" || (CellOutput.TypeOf(output) == "stream" && (string?)output!["name"] == "stderr");

    /// <summary>Claims of which a criterion measures a time: the kernel compiles cells without optimisation, and machines differ.</summary>
    private static HashSet<string> TimedClaims() =>
    [
        .. from claim in JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "data", "claims.json")))!.AsArray()
           where (bool?)claim!["timing"] == true || (claim["criteria"] as JsonArray ?? []).Any(criterion => MeasuresTime().IsMatch((string?)criterion!["text"] ?? ""))
           select (string)claim["id"]!,
    ];

    private static string Cut(string text) => text.Length > 2000 ? text[..2000] + "…" : text;

    [GeneratedRegex(@"\b(seconds|speed of|time an element|(time|times) of|one number at a time|steps a second)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MeasuresTime();
}
