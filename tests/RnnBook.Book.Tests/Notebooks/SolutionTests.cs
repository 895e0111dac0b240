using System.Text.RegularExpressions;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Each exercise's solution, as it stands folded in the chapter, is run by the engine and passes the exercise's check.</summary>
public sealed partial class SolutionTests
{
    private const string ResultMime = "application/vnd.rnnbook.exercise+json";

    public static TheoryData<string> Names => [.. Thorough.OrOnly(WholeBook.Chapters.Select(chapter => chapter.Name), "00", "04", "09", "12")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_stub_is_unsolved_and_every_solution_is_solved(string name)
    {
        var chapter = WholeBook.Chapters.Single(chapter => chapter.Name == name);
        var notebook = NotebookDocument.Load(chapter.File);
        var stubs = notebook.Cells.Where(cell => cell.Kind == CellKind.Code && cell.Source.Contains("Exercise.Check", StringComparison.Ordinal)).ToList();
        var solutions = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => CodeBlock().Matches(cell.Source)).Select(match => match.Groups[1].Value)
            .Where(code => code.Contains("Exercise.Check", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(stubs);
        Assert.Equal(stubs.Count, solutions.Count);

        await using var engine = await CellEngine.StartAsync(new EngineOptions { WorkingDirectory = Path.GetDirectoryName(chapter.File)! });
        await RunAsync(engine, notebook.Cells.First(cell => cell.Kind == CellKind.Code).Source);
        foreach (var (stub, solution) in stubs.Zip(solutions))
        {
            Assert.False(await SolvedAsync(engine, stub.Source), $"{name}, {stub.Id}: the stub already passes");
            Assert.True(await SolvedAsync(engine, solution), $"{name}, {stub.Id}: the solution does not pass");
        }
    }

    private static async Task<bool> SolvedAsync(CellEngine engine, string code)
    {
        var shown = await RunAsync(engine, code);
        return shown.Select(display => display.Data[ResultMime]).Single(result => result is not null)!["solved"]!.GetValue<bool>();
    }

    private static async Task<List<DisplayEvent>> RunAsync(CellEngine engine, string code)
    {
        var shown = new List<DisplayEvent>();
        var result = await engine.ExecuteAsync(
            code, message => { if (message is DisplayEvent display) { shown.Add(display); } }, TimeSpan.FromMinutes(10), CancellationToken.None);
        Assert.True(result.Status == CellStatus.Ok, $"{result.Error?.Message}\n{code}");
        return shown;
    }

    [GeneratedRegex("```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
