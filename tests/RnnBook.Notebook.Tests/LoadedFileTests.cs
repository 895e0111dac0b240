namespace RnnBook.Notebook.Tests;

/// <summary>What <c>#load</c> brings in.</summary>
public sealed class LoadedFileTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnbook-test-");
    private CellEngine engine = null!;

    public async Task InitializeAsync() => engine = await CellEngine.StartAsync(new EngineOptions { WorkingDirectory = folder.FullName });

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Functions_of_a_file_can_be_called_and_can_show_values()
    {
        await WriteAsync("helper.csx", "int Twice(int x) => 2 * x;\nvoid Show(int x) { display(x); }");

        Assert.Equal("6", (await RunAsync("#load \"helper.csx\"\nShow(5);\nTwice(3)")).Ok().PlainValue);
        Assert.Equal("8", (await RunAsync("Twice(4)")).Ok().PlainValue);
    }

    [Fact]
    public async Task A_file_may_do_nothing_but_declare()
    {
        await WriteAsync("only.csx", "int Five() => 5;");

        (await RunAsync("#load \"only.csx\"")).Ok();
        Assert.Equal("5", (await RunAsync("Five()")).Ok().PlainValue);
    }

    [Fact]
    public async Task An_error_names_the_file_and_its_line()
    {
        await WriteAsync("broken.csx", "int a = 1;\nint b = unknown;");

        var error = (await RunAsync("// first\n#load \"broken.csx\"\n1")).Result.Error!;

        Assert.Equal(2, error.Line);
        Assert.Contains("CS0103", error.Message, StringComparison.Ordinal);
        Assert.Contains("broken.csx(2,9)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_in_a_file_leads_to_the_cell_that_called_it()
    {
        await WriteAsync("failing.csx", "void Fail()\n{\n    throw new System.TimeoutException(\"late\");\n}");

        var error = (await RunAsync("#load \"failing.csx\"\nvar a = 1;\nFail();")).Result.Error!;

        Assert.Equal(("System.TimeoutException", 3), (error.Name, error.Line));
        Assert.Contains(error.Trace, line => line.Contains("failing.csx, line 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = (await RunAsync("#load \"nowhere.csx\"")).Result.Error!;

        Assert.Equal(("CompileError", 1), (error.Name, error.Line));
        Assert.Contains("nowhere.csx", error.Message, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string code) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), code);

    private Task<Outcome> RunAsync(string code) => Outcome.OfAsync(engine, code);
}
