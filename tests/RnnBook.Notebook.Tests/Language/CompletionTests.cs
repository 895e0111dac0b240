namespace RnnBook.Notebook.Tests;

/// <summary>What the engine offers while a cell is typed; ¦ is the cursor.</summary>
public sealed class CompletionTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData("Console.Wri¦", "WriteLine", "method")]
    [InlineData("Console.¦", "Out", "property")]
    [InlineData("var list = new List<int>(); list.whe¦", "Where", "method")]
    [InlineData("\"text\".Len¦gth", "Length", "property")]
    [InlineData("Enumerable.Range(0, 3).Select(i => i.ToS¦", "ToString", "method")]
    [InlineData("Math¦", "Math", "class")]
    [InlineData("using System.I¦", "IO", "namespace")]
    [InlineData("DayOfWeek.Fri¦", "Friday", "constant")]
    [InlineData("for¦", "foreach", "keyword")]
    [InlineData("dis¦", "display", "method")]
    [InlineData("int Twice(int number) => 2 * num¦", "number", "variable")]
    [InlineData("var @class = 1; clas¦", "@class", "variable")]
    [InlineData("$\"{Console.Wri¦}\"", "WriteLine", "method")]
    [InlineData("record Row(int Alpha);\nvar r = new Row(1) { Al¦ }", "Alpha", "property")]
    [InlineData("Math.Max(1, val¦", "val2:", "parameter")]
    [InlineData("Math.Max(va¦", "val1:", "parameter")]
    [InlineData("new StringBuilder(cap¦", "capacity:", "parameter")]
    [InlineData("int Twice(int number) => 2 * number;\nTwice(num¦", "number:", "parameter")]
    public async Task It_fits_what_is_written(string marked, string expected, string kind)
    {
        var (code, cursor) = Marked.Read(marked);

        var completions = await fixture.Engine.CompleteAsync(code, cursor);

        Assert.Equal(kind, Assert.Single(completions.Items, item => item.Text == expected).Kind);
        Assert.Equal(WordStart(code, cursor), completions.Start);
    }

    [Fact]
    public async Task The_whole_word_is_replaced_and_only_what_begins_like_it_is_offered()
    {
        var completions = await fixture.Engine.CompleteAsync("x = Console.Wrong;", 14);

        Assert.Equal((12, 17), (completions.Start, completions.End));
        Assert.Equal(["Write", "WriteLine"], completions.Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Earlier_cells_count_and_what_they_redeclare()
    {
        (await fixture.RunAsync("using System.IO;\nclass Old { public int Before; }\nvar thing = new Old();\nint Thrice(int n) => 3 * n;")).Ok();
        (await fixture.RunAsync("using System.Net;")).Ok();
        (await fixture.RunAsync("record New(int After); var thing = new New(1);")).Ok();

        Assert.Equal(["After"], await NamesAsync("thing.Af¦"));
        Assert.Empty(await NamesAsync("thing.Bef¦"));
        Assert.Equal(["Thrice"], await NamesAsync("Thri¦"));
        Assert.Contains("ReadAllText", await NamesAsync("File.Read¦"));
        Assert.Contains("Dns", await NamesAsync("Dn¦"));
    }

    [Fact]
    public async Task References_count()
    {
        (await fixture.RunAsync($"#r \"{Path.Combine(AppContext.BaseDirectory, "FsCheck.dll")}\"")).Ok();

        Assert.Contains("Gen", await NamesAsync("FsCheck.Fluent.Ge¦"));
    }

    [Theory]
    [InlineData("\"Console.Wri¦\"")]
    [InlineData("// Console.Wri¦")]
    [InlineData("/* Console.Wri¦")]
    [InlineData("var s = $\"Console.Wri¦\";")]
    [InlineData("1.5¦")]
    [InlineData("")]
    public async Task In_texts_comments_and_numbers_nothing_is_offered(string marked)
    {
        if (marked.Length > 0)
        {
            Assert.Empty(await NamesAsync(marked));
        }

        Assert.NotNull(await fixture.Engine.CompleteAsync("", 99));
    }

    [Fact]
    public async Task A_running_cell_neither_waits_nor_is_waited_for()
    {
        await NamesAsync("Console.¦");
        var running = fixture.RunAsync("var until = DateTime.UtcNow.AddSeconds(20);\nwhile (DateTime.UtcNow < until) { }");

        Assert.Contains("WriteLine", await NamesAsync("Console.¦"));

        Assert.False(running.IsCompleted);
        await fixture.Engine.InterruptAsync();
        Assert.Equal(CellStatus.Interrupted, (await running).Result.Status);
    }

    [Fact]
    public async Task A_dead_engine_offers_nothing()
    {
        await using var engine = await CellEngine.StartAsync();
        await engine.ExecuteAsync("Environment.Exit(3);");

        Assert.Empty((await engine.CompleteAsync("Console.", 8)).Items);
        Assert.Null(await engine.InspectAsync("Console", 3));
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string marked)
    {
        var (code, cursor) = Marked.Read(marked);
        return [.. (await fixture.Engine.CompleteAsync(code, cursor)).Items.Select(item => item.Text)];
    }

    private static int WordStart(string code, int cursor) => code[..cursor].TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]).Length;
}

/// <summary>A source with its cursor.</summary>
internal static class Marked
{
    public static (string Code, int Cursor) Read(string marked) => (marked.Replace("¦", "", StringComparison.Ordinal), marked.IndexOf('¦', StringComparison.Ordinal));
}
