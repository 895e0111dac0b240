using Microsoft.DotNet.Interactive.Events;

namespace RnnBook.Interactive.Tests;

/// <summary>What the book's types do in a cell of the real kernel.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_live_figure_is_one_figure_that_changes()
    {
        using var kernel = new HostedKernel();

        var events = await kernel.RunAsync(HostedKernel.Reference + """
            var live = new LiveFigure(new Figure("Loss")).Show();
            for (var i = 1; i < 10_000; i++) live.Add("loss", i, 1.0 / i);
            live.Add("loss", 10_000, 12345.5);
            live.Done();
            """);

        var shown = Assert.Single(events.OfType<DisplayedValueProduced>());
        Assert.DoesNotContain("12345.5", HostedKernel.Html(shown));
        var updates = events.OfType<DisplayedValueUpdated>().ToList();
        Assert.NotEmpty(updates);
        Assert.All(updates, update => Assert.Equal(shown.ValueId, update.ValueId));
        Assert.Contains("12345.5", HostedKernel.Html(updates[^1]));

        var later = await kernel.RunAsync("live.Add(\"loss\", 10_001, 54321.5); live.Done();");
        Assert.Contains("54321.5", HostedKernel.Html(Assert.Single(later.OfType<DisplayedValueUpdated>())));
    }

    [Fact]
    public async Task A_live_figure_that_no_cell_shows_keeps_its_state_and_disturbs_nobody()
    {
        using var kernel = new HostedKernel();

        var events = await kernel.RunAsync(HostedKernel.Reference + """
            LiveFigure alone = null;
            using (System.Threading.ExecutionContext.SuppressFlow())
            {
                var thread = new System.Threading.Thread(() =>
                {
                    alone = new LiveFigure(new Figure("T")).Show();
                    alone.Add("a", 1, 2);
                    alone.Done();
                });
                thread.Start();
                thread.Join();
            }
            alone.Figure
            """);

        Assert.Empty(events.OfType<DisplayedValueProduced>());
        Assert.Contains("a: ", HostedKernel.Html(Assert.Single(events.OfType<ReturnValueProduced>())));
    }

    [Fact]
    public async Task Figures_and_tables_show_themselves_also_inside_other_values()
    {
        using var kernel = new HostedKernel();

        await kernel.RunAsync(HostedKernel.Reference);
        Assert.Contains("class=\"rnnbook-figure\"", await kernel.ShowAsync("new Figure(\"T\").Line(new[] { 1, 2 })"));
        Assert.Contains("class=\"rnnbook-table\"", await kernel.ShowAsync("Table.Of(new[] { new { A = 1 } })"));
        Assert.Contains("class=\"rnnbook-figure\"", await kernel.ShowAsync("new { Inside = new Figure(\"T\").Line(new[] { 1, 2 }) }"));
    }

    [Fact]
    public async Task An_exercise_is_judged()
    {
        using var kernel = new HostedKernel();

        await kernel.RunAsync(HostedKernel.Reference);
        Assert.Contains("○", await kernel.ShowAsync(Answer("double.NaN")));
        Assert.Contains("✔", await kernel.ShowAsync(Answer("Math.Pow(w, n)")));
    }

    private static string Answer(string value) => $$"""
        double Power(double w, int n) { return {{value}}; }
        Exercise.Check("00.1", Power)
        """;
}
