namespace RnnBook.Notebook.Tests;

/// <summary>Other people's notebooks run: each of the ten in an engine of its own, from its first cell to its last.</summary>
public sealed class PublicNotebookTests
{
    public static TheoryData<string> Names => [.. PublicNotebooks.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_cell_shows_what_it_should(string name)
    {
        await using var engine = await CellEngine.StartAsync();
        foreach (var step in PublicNotebooks.All[name])
        {
            var outcome = await Outcome.OfAsync(engine, step.Code, TimeSpan.FromMinutes(2));

            Assert.True(step.Error == outcome.Result.Error?.Name, $"{step.Code}\n→ {outcome.Result.Error}");
            Expect(step, step.Text, outcome.Text);
            Expect(step, step.Value, outcome.PlainValue);
            if (step.Html is { } html)
            {
                Assert.Contains(html, string.Concat(outcome.Events.OfType<DisplayEvent>().Select(shown => (string?)shown.Data["text/html"])));
            }
        }
    }

    private static void Expect(Step step, string? expected, string? found)
    {
        if (expected is not null)
        {
            Assert.True(expected == found, $"{step.Code}\n→ {found ?? "nothing"}\ninstead of {expected}");
        }
    }
}
