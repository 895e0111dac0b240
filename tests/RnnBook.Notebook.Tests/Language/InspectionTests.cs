namespace RnnBook.Notebook.Tests;

/// <summary>What the engine says about a name; ¦ is the cursor.</summary>
public sealed class InspectionTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData("Math.A¦bs(1)", "int Math.Abs(int value)", "Returns the absolute value")]
    [InlineData("Math.Abs¦", "int Math.Abs(int value)", "Returns the absolute value")]
    [InlineData("Math.Max(1, ¦", "int Math.Max(int val1, int val2)", "the larger of two")]
    [InlineData("new List<int>().Wh¦ere(x => true)", "IEnumerable<int> IEnumerable<int>.Where<int>(Func<int, bool> predicate)", "Filters a sequence")]
    [InlineData("new StringBuil¦der(5)", "StringBuilder.StringBuilder(int capacity)", "Initializes a new instance")]
    [InlineData("str¦ing s = null;", "class System.String", "Represents text")]
    [InlineData("var numbe¦r = 1.5;", "double number", "")]
    [InlineData("displ¦ay(1)", "DisplayedValue CellFunctions.display(object? value, params string[] mimeTypes)", "Shows a value")]
    [InlineData("using System.Tex¦t;", "namespace System.Text", "")]
    [InlineData("/// <summary>Doubles <paramref name=\"n\"/>.</summary>\nint Tw¦ice(int n) => 2 * n;", "int Twice(int n)", "Doubles `n`.")]
    public async Task Signature_and_documentation(string marked, string signature, string documentation)
    {
        var (code, cursor) = Marked.Read(marked);

        var inspection = (await fixture.Engine.InspectAsync(code, cursor))!;

        Assert.Contains(signature + "\n", inspection.Markdown);
        Assert.StartsWith("```csharp\n", inspection.Markdown);
        Assert.Contains(documentation, inspection.Markdown);
        Assert.Contains(signature, inspection.Plain);
        Assert.DoesNotContain('`', inspection.Plain);
        Assert.InRange(cursor, inspection.Start, Math.Max(inspection.End, cursor));
    }

    [Fact]
    public async Task What_earlier_cells_declare_is_known()
    {
        (await fixture.RunAsync("/// <summary>A row.</summary>\nrecord Row(int A);\nvar rows = new[] { new Row(1) };")).Ok();

        Assert.Contains("Row[] rows", (await fixture.Engine.InspectAsync("rows.Length", 2))!.Plain);
        Assert.Contains("A row.", (await fixture.Engine.InspectAsync("typeof(Row)", 8))!.Plain);
    }

    [Theory]
    [InlineData("¦")]
    [InlineData("unkno¦wn")]
    [InlineData("1 ¦+ 1")]
    [InlineData("// Mat¦h")]
    public async Task Where_there_is_nothing_it_says_nothing(string marked)
    {
        var (code, cursor) = Marked.Read(marked);

        Assert.Null(await fixture.Engine.InspectAsync(code, cursor));
    }
}
