namespace RnnBook.Notebook.Tests;

/// <summary>What cells may rely on: the surface that .NET Interactive offers, too.</summary>
public sealed class CellSurfaceTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("\"text\"", "text")]
    [InlineData("await Task.FromResult(5)", "5")]
    [InlineData("var x = 3; x", "3")]
    [InlineData("(string)null", "<null>")]
    [InlineData("new StringBuilder(\"sb\").ToString() + Enumerable.Range(1, 3).Sum()", "sb6")]
    [InlineData("IEnumerable numbers = new ArrayList { 1, 2 }; numbers", "[ 1, 2 ]")]
    public async Task A_trailing_expression_is_shown(string code, string expected) =>
        Assert.Equal(expected, (await fixture.RunAsync(code)).Ok().PlainValue);

    [Theory]
    [InlineData("Console.Write(\"\")")]
    [InlineData("var y = 3;")]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("using System.IO;")]
    [InlineData("await Task.Delay(1)")]
    public async Task Nothing_is_shown_without_a_trailing_value(string code) => Assert.Null((await fixture.RunAsync(code)).Ok().Value);

    [Fact]
    public async Task A_task_that_stands_at_the_end_is_not_awaited()
    {
        var outcome = (await fixture.RunAsync("Task.Delay(-1)")).Ok();

        Assert.Contains("Task", outcome.PlainValue);
    }

    [Theory]
    [InlineData("Dns.GetHostName()")]
    [InlineData("new Thread(() => { })")]
    [InlineData("new HttpClient()")]
    [InlineData("new CellEngine()")]
    public async Task Other_namespaces_need_a_using(string code) =>
        Assert.Equal("CompileError", (await fixture.RunAsync(code)).Result.Error!.Name);

    [Fact]
    public async Task State_functions_types_and_usings_last()
    {
        (await fixture.RunAsync("""
            using System.IO;
            record Point(int X, int Y) { public int Sum => X + Y; }
            class Counter { public int Count; public void Add() => Count++; }
            enum Colour { Red, Green }
            var counter = new Counter();
            int Twice(int n) => 2 * n;
            async Task<int> LaterAsync(int n) { await Task.Delay(1); return n; }
            """)).Ok();
        (await fixture.RunAsync("counter.Add(); counter.Add();")).Ok();

        Assert.Equal("2", (await fixture.RunAsync("counter.Count")).Ok().PlainValue);
        Assert.Equal("14", (await fixture.RunAsync("Twice(new Point(3, 4).Sum)")).Ok().PlainValue);
        Assert.Equal("9", (await fixture.RunAsync("await LaterAsync(9)")).Ok().PlainValue);
        Assert.Equal("Green", (await fixture.RunAsync("Colour.Green")).Ok().PlainValue);
        Assert.Equal("x", (await fixture.RunAsync("Path.GetFileName(\"a/x\")")).Ok().PlainValue);
    }

    [Fact]
    public async Task Variables_and_types_can_be_declared_again()
    {
        (await fixture.RunAsync("var thing = 1; record Shape(int A);")).Ok();
        (await fixture.RunAsync("var thing = \"now a text\"; record Shape(string Name);")).Ok();

        Assert.Equal("now a text", (await fixture.RunAsync("thing")).Ok().PlainValue);
        Assert.Equal("round", (await fixture.RunAsync("new Shape(\"round\").Name")).Ok().PlainValue);
    }

    [Fact]
    public async Task A_throwing_cell_keeps_what_was_set_before()
    {
        var failed = await fixture.RunAsync("var before = 11;\nthrow new Exception(\"no\");");

        Assert.Equal(CellStatus.Error, failed.Result.Status);
        Assert.Equal("11", (await fixture.RunAsync("before")).Ok().PlainValue);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        (await fixture.RunAsync("var stays = 1;")).Ok();
        await fixture.RunAsync("var stays = \"two\"; nonsense");

        Assert.Equal("1", (await fixture.RunAsync("stays")).Ok().PlainValue);
    }

    [Fact]
    public async Task Display_shows_at_once_and_updates_in_place()
    {
        var outcome = (await fixture.RunAsync("""
            var shown = display("first");
            shown.Update("second");
            Console.WriteLine("between");
            "third".Display();
            display(HTML("<b>bold</b>"));
            "<i>slant</i>".DisplayAs("text/html");
            display("# title", "text/markdown");
            """)).Ok();
        var later = (await fixture.RunAsync("shown.Update(4);")).Ok();

        var displays = outcome.Events.OfType<DisplayEvent>().ToArray();
        Assert.Equal("first", (string?)displays[0].Data["text/plain"]);
        Assert.Equal("third", (string?)displays[1].Data["text/plain"]);
        Assert.Equal("<b>bold</b>", (string?)displays[2].Data["text/html"]);
        Assert.Equal("<i>slant</i>", (string?)displays[3].Data["text/html"]);
        Assert.Equal("# title", (string?)Assert.Single(displays[4].Data).Value);
        Assert.Equal("text/markdown", displays[4].Data.Single().Key);
        Assert.Equal(["StartedEvent", "DisplayEvent", "UpdateEvent", "StreamEvent"], outcome.Events.Take(4).Select(message => message.GetType().Name));
        var update = Assert.Single(later.Events.OfType<UpdateEvent>());
        Assert.Equal((displays[0].Id, "4"), (update.Id, (string?)update.Data["text/plain"]));
        Assert.Null(outcome.Value);
    }

    [Fact]
    public async Task A_value_s_own_formatters_all_run_and_reach_elements()
    {
        const string Declarations = """
            using System.IO;
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type source) => FormatterSourceType = source;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Json(), new Html() }; }
            class Html
            {
                public string MimeType => "text/html";
                public bool Format(object instance, TextWriter writer) { writer.Write("<u>badge</u>"); return true; }
            }
            class Json
            {
                public string MimeType => "application/vnd.test+json";
                public bool Format(object instance, TextWriter writer)
                {
                    if (((Badge)instance).Broken) throw new InvalidOperationException("cannot be shown");
                    writer.Write("{\"a\": [1, 2]}");
                    return true;
                }
            }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html" })]
            class Badge { public bool Broken; public override string ToString() => "a badge"; }
            class Derived : Badge { }
            """;
        (await fixture.RunAsync(Declarations)).Ok();

        var badge = (await fixture.RunAsync("new Derived()")).Ok().Value!;
        var list = (await fixture.RunAsync("new[] { new { Badge = new Badge() } }")).Ok().Value!;
        var broken = await fixture.RunAsync("\nnew Badge { Broken = true }");

        Assert.Equal(["text/html", "application/vnd.test+json", "text/plain"], badge.Data.Select(entry => entry.Key));
        Assert.Equal(2, (int)badge.Data["application/vnd.test+json"]!["a"]![1]!);
        Assert.Equal("a badge", (string?)badge.Data["text/plain"]);
        Assert.Contains("<td><u>badge</u></td>", (string?)list.Data["text/html"]);
        Assert.Equal(CellStatus.Error, broken.Result.Status);
        Assert.Equal("cannot be shown", broken.Result.Error!.Message);
    }

    [Fact]
    public async Task Cells_run_on_many_threads_and_block_on_tasks_without_locking_up()
    {
        var outcome = (await fixture.RunAsync("""
            async Task<int> SlowAsync(int n) { await Task.Delay(5); await Task.Yield(); return n; }
            var sum = SlowAsync(1).Result + Enumerable.Range(0, 50).Select(SlowAsync).Select(t => t.GetAwaiter().GetResult()).Sum();
            Parallel.For(0, 100, i => Console.Write("."));
            sum
            """)).Ok();

        Assert.Equal("1226", outcome.PlainValue);
        Assert.Equal(new string('.', 100), outcome.Text);
    }

    [Fact]
    public async Task An_exception_in_an_async_void_method_ends_nothing()
    {
        var outcome = (await fixture.RunAsync("""
            async void Fire() { await Task.Delay(1); throw new Exception("nobody waits"); }
            Fire();
            await Task.Delay(500);
            """)).Ok();

        Assert.Contains("nobody waits", outcome.ErrorText);
    }

    [Fact]
    public async Task Cells_that_repeat_something_are_optimised()
    {
        var outcome = (await fixture.RunAsync("""
            using System.Diagnostics;
            using System.Reflection;
            class Marker { }
            for (var i = 0; i < 2; i++) { }
            typeof(Marker).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled ?? false
            """)).Ok();

        Assert.Equal("False", outcome.PlainValue);
    }
}
