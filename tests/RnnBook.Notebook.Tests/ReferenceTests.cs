namespace RnnBook.Notebook.Tests;

/// <summary>What <c>#r</c> brings in.</summary>
public sealed class ReferenceTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly string Here = AppContext.BaseDirectory;

    [Fact]
    public async Task An_assembly_and_its_dependencies_beside_it_are_found_from_the_working_directory()
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions { WorkingDirectory = Path.GetDirectoryName(Here.TrimEnd('/'))! });
        var folder = Path.GetFileName(Here.TrimEnd('/'));

        // FsCheck needs FSharp.Core, which lies beside it.
        var outcome = await Outcome.OfAsync(engine, $"#r \"{folder}/FsCheck.dll\"\nusing FsCheck.Fluent;\nusing Microsoft.FSharp.Collections;\nGen.Constant(3).GetType().Name + FSharpList<int>.Empty.Length");

        Assert.Equal("Gen`10", outcome.Ok().PlainValue);
        Assert.Equal("", (await Outcome.OfAsync(engine, "typeof(FsCheck.Gen<int>).Assembly.Location")).Ok().PlainValue);
    }

    [Theory]
    [InlineData("var a = 1;\n", "no/such.dll", 1, "does not exist")]
    [InlineData("", "README.txt", 1, "is no .NET assembly")]
    public async Task A_missing_or_wrong_file_is_named(string _, string reference, int line, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("rnnbook-test-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "README.txt"), "text");

        var error = (await fixture.RunAsync($"#r \"{folder.FullName}/{reference}\"\n1")).Result.Error!;
        folder.Delete(recursive: true);

        Assert.Equal(("CompileError", line), (error.Name, error.Line));
        Assert.Contains(expected, error.Message);
        Assert.Contains(reference, error.Message);
    }

    [Fact]
    public async Task The_framework_s_own_assemblies_may_be_named() =>
        Assert.Equal("2", (await fixture.RunAsync("#r \"System.Text.Json\"\nusing System.Text.Json;\nJsonSerializer.Serialize(2)")).Ok().PlainValue);

    [Theory]
    [InlineData("using System.Text;\n#r \"nuget: FsCheck, 3.6.0\"\ntypeof(FsCheck.Gen<int>).Name")]
    [InlineData("var before = 1;\n#r \"nuget: FsCheck, 3.6.0\"\nbefore + typeof(FsCheck.Gen<int>).Name.Length - 1 == 5 ? \"Gen`1\" : \"\"")]
    public async Task A_reference_may_stand_anywhere_in_a_cell(string code)
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions());
        Assert.Equal("Gen`1", (await Outcome.OfAsync(engine, code)).Ok().PlainValue);
    }

    [Theory]
    [InlineData("// It is there before anything else.")]
    [InlineData("using System.IO;\nvar before = display(1);\nstring Twice(string s) => s + s;")]
    public async Task A_package_that_brings_the_compiler_does_no_harm(string first)
    {
        await using var engine = await CellEngine.StartAsync(new EngineOptions());
        (await Outcome.OfAsync(engine, first)).Ok();
        var version = typeof(Microsoft.CodeAnalysis.SyntaxNode).Assembly.GetName().Version!;
        (await Outcome.OfAsync(engine, $"#r \"nuget: Microsoft.CodeAnalysis.CSharp, {version.ToString(3)}\"\nusing Microsoft.CodeAnalysis.CSharp;\nSyntaxFactory.ParseExpression(\"1 + 2\").Kind().ToString()")).Ok();
        Assert.Equal("2", (string?)(await Outcome.OfAsync(engine, "display(2);")).Ok().Events.OfType<DisplayEvent>().Single().Data["text/plain"]);
        Assert.Equal("3", (await Outcome.OfAsync(engine, "new List<int> { 1, 2, 3 }.Where(x => x > 2).Single()")).Ok().PlainValue);
    }

    [Fact]
    public async Task A_package_is_restored_with_its_dependencies()
    {
        // A package that this repository itself uses: restoring it needs no network once the repository is built.
        var outcome = await fixture.RunAsync("#r \"nuget: FsCheck, 3.6.0\"\nusing FsCheck;\nMicrosoft.FSharp.Core.FSharpOption<int>.Some(typeof(Gen<int>).Name.Length).Value");

        Assert.Equal("5", outcome.Ok().PlainValue);
    }

    [Fact]
    public async Task What_was_restored_once_needs_no_network_and_no_SDK()
    {
        (await fixture.RunAsync("#r \"nuget: FsCheck, 3.6.0\"")).Ok();
        await using var offline = await CellEngine.StartAsync(new EngineOptions
        {
            Environment = new Dictionary<string, string?> { ["HTTPS_PROXY"] = "http://127.0.0.1:9", ["HTTP_PROXY"] = "http://127.0.0.1:9", ["PATH"] = "" },
        });

        Assert.Equal("Gen`1", (await Outcome.OfAsync(offline, "#r \"nuget: FsCheck, 3.6.0\"\ntypeof(FsCheck.Gen<int>).Name")).Ok().PlainValue);
    }

    [SkippableFact]
    public async Task Packages_of_one_cell_are_restored_together_and_a_version_may_be_missing()
    {
        var outcome = await fixture.RunAsync("""
            #r "nuget: MathNet.Numerics"
            #r "nuget: Markdig, [1.0, 2.0)"
            MathNet.Numerics.SpecialFunctions.Gamma(5.0).ToString("0") + Markdig.Markdown.ToHtml("*x*").Trim()
            """);

        Skip.If(outcome.Result.Error?.Message.Contains("NU1301") == true, "Which version is the newest is asked over the network.");
        Assert.Equal("24<p><em>x</em></p>", outcome.Ok().PlainValue);
    }

    [Theory]
    [InlineData("nuget: RnnBook.No.Such.Package, 1.0.0", "RnnBook.No.Such.Package 1.0.0 cannot be restored")]
    [InlineData("nuget: bad name here", "is not understood")]
    public async Task A_package_that_cannot_be_had_is_explained(string reference, string expected)
    {
        var error = (await fixture.RunAsync($"// first\n#r \"{reference}\"\n1")).Result.Error!;

        Assert.Equal(("CompileError", 2), (error.Name, error.Line));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
