namespace RnnBook.Notebook.Tests;

/// <summary>Failing cells say what, on which line of the cell, and who called.</summary>
public sealed class CellErrorTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData("var a = 1;\nvar b = unknown;", 2, "CS0103")]
    [InlineData("int n = \"text\";", 1, "CS0029")]
    [InlineData("\n\nint n = ;", 3, "CS1525")]
    [InlineData("#r \"System.Net.Http\"\nusing Not.There;", 2, "CS0246")]
    [InlineData("namespace N { class C { } }", 1, "CS7021")]
    [InlineData("var ok = 1;\n{", 2, "CS1513")]
    public async Task A_compile_error_has_its_code_and_line(string code, int line, string id)
    {
        var error = (await fixture.RunAsync(code)).Result.Error!;

        Assert.Equal("CompileError", error.Name);
        Assert.StartsWith(id, error.Message);
        Assert.Equal(line, error.Line);
        Assert.Contains($"({line},", error.Trace[0]);
    }

    [Theory]
    [InlineData("#!time\nvar x = 1;", 1, "#!time is a command of .NET Interactive")]
    [InlineData("var x = 1;\n#!markdown\n# Title", 2, "#!markdown is a command of .NET Interactive")]
    [InlineData("// first\n#i \"nuget:somewhere\"\nvar x = 1;", 2, "#i is not known here")]
    public async Task Commands_of_other_engines_are_explained(string code, int line, string expected)
    {
        var error = (await fixture.RunAsync(code)).Result.Error!;

        Assert.Equal(("CompileError", line), (error.Name, error.Line));
        Assert.StartsWith(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("public static class E { public static int Twice(this int x) => 2 * x; }", "write the method alone")]
    [InlineData("namespace Mine\n{\n    class Program { static void Main() { } }\n}", "take the namespace out")]
    [InlineData("var watch = Stopwatch.StartNew();", "using System.Diagnostics;")]
    [InlineData("ConcurrentQueue<int> queue = new();", "using System.Collections.Concurrent;")]
    public async Task What_means_something_else_in_a_cell_comes_with_the_way_out(string code, string way)
    {
        var error = (await fixture.RunAsync(code)).Result.Error!;

        Assert.Equal("CompileError", error.Name);
        Assert.Contains(way, error.Trace[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_nowhere_gets_no_advice() => Assert.Single((await fixture.RunAsync("var b = nowhereToBeFound;")).Result.Error!.Trace);

    [Fact]
    public async Task A_huge_message_is_cut_and_says_so()
    {
        var error = (await fixture.RunAsync("throw new Exception(new string('x', 100_000), new Exception(new string('y', 100_000)));")).Result.Error!;

        Assert.InRange(error.Message.Length, 1000, 3000);
        Assert.Contains("98,000 more letters", error.Message, StringComparison.Ordinal);
        Assert.All(error.Trace, line => Assert.InRange(line.Length, 1, 3000));
    }

    [Fact]
    public async Task All_compile_errors_are_listed_up_to_a_limit()
    {
        var error = (await fixture.RunAsync(string.Join('\n', Enumerable.Range(0, 15).Select(i => $"var v{i} = missing{i};")))).Result.Error!;

        Assert.Equal(1, error.Line);
        Assert.Equal(11, error.Trace.Count);
        Assert.Contains("5 more errors", error.Trace[^1]);
    }

    [Theory]
    [InlineData("var a = 1;\nthrow new InvalidOperationException(\"no\");", 2, "System.InvalidOperationException", "no")]
    [InlineData("var zero = 0;\n\nvar q = 1 / zero;", 3, "System.DivideByZeroException", "divide")]
    [InlineData("int[] xs = [1];\nfor (var i = 0; i < 5; i++)\n{\n    xs[i] = 0;\n}", 4, "System.IndexOutOfRangeException", "bounds")]
    [InlineData("await Task.Delay(1);\nthrow new TimeoutException(\"late\");", 2, "System.TimeoutException", "late")]
    [InlineData("var xs = new List<int>();\nxs.Select(x => x).First();", 2, "System.InvalidOperationException", "no elements")]
    [InlineData("using System.IO;\nFile.ReadAllText(\"/no/such/file\");", 2, "System.IO.DirectoryNotFoundException", "/no/such/file")]
    [InlineData("string s = null;\ns.Length", 2, "System.NullReferenceException", "Object reference")]
    public async Task An_exception_has_its_type_message_and_line(string code, int line, string name, string message)
    {
        var outcome = await fixture.RunAsync(code);

        Assert.Equal(CellStatus.Error, outcome.Result.Status);
        Assert.Equal(name, outcome.Result.Error!.Name);
        Assert.Contains(message, outcome.Result.Error.Message);
        Assert.Equal(line, outcome.Result.Error.Line);
    }

    [Theory]
    [InlineData("var xs = new int[5];\nvar k = 7;\nxs[1] = 3;\nxs[k] = 4;\nk = 1;", 4, "")]
    [InlineData("var xs = new int[5];\nfor (var i = 0; i < 9; i++)\n{\n    k += i;\n    k += xs[i];\n}", 5, "")]
    [InlineData("int Sum(int[] a, int[] b)\n{\n    var s = 0;\n    for (var i = 0; i < a.Length; i++)\n        s += a[i];\n    s += b[9];\n    return s;\n}\nSum(new int[2], new int[2])", 5, "lines 5, 6")]
    public async Task An_index_out_of_range_names_its_line_or_the_lines_in_question(string code, int line, string said)
    {
        (await fixture.RunAsync("var k = 0;")).Ok();

        var error = (await fixture.RunAsync(code)).Result.Error!;

        Assert.Equal("System.IndexOutOfRangeException", error.Name);
        Assert.Equal(line, error.Line);
        Assert.Contains(said, error.Message);
        Assert.Equal(said.Length > 0, error.Message.Contains("optimised"));
    }

    [Fact]
    public async Task The_trace_shows_the_author_s_calls_only()
    {
        (await fixture.RunAsync("int Inner(int n)\n{\n    if (n == 0) throw new ArgumentException(\"zero\");\n    return n;\n}")).Ok();

        var outcome = await fixture.RunAsync("class Tool { public int Use(Func<int> f) => f(); }\n\nvar tool = new Tool();\ntool.Use(() => Inner(0))");
        var error = outcome.Result.Error!;

        Assert.Equal(4, error.Line);
        Assert.StartsWith("   at Inner(Int32 n) in cell [", error.Trace[0]);
        Assert.EndsWith("line 3", error.Trace[0]);
        Assert.All(error.Trace, line => Assert.DoesNotContain("Submission", line));
        Assert.All(error.Trace, line => Assert.DoesNotContain("RnnBook.Notebook", line));
        Assert.Contains("line 4", error.Trace[^1]);
    }

    [Fact]
    public async Task Inner_exceptions_are_told()
    {
        var error = (await fixture.RunAsync("""
            try { throw new FormatException("deep"); }
            catch (Exception inner) { throw new Exception("outer", inner); }
            """)).Result.Error!;

        Assert.Equal("outer", error.Message);
        Assert.Contains(error.Trace, line => line == "caused by System.FormatException: deep");
    }
}
