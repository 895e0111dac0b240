namespace RnnBook.Book.Tests;

/// <summary>What the live book keeps outside its folder: nothing that others can read, nothing that survives.</summary>
public sealed class PrivateFilesTests
{
    private const string Talk = "for (var i = 0; i < 60_000; i++) Console.WriteLine($\"private {i}\");";

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task A_long_output_lies_in_no_file_that_others_can_open_and_is_gone_however_the_server_ends(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "sends signals with kill, which Windows lacks");
        using var book = new TinyBook().Chapter("00-talk", "1");
        var temporary = Directory.CreateDirectory(Path.Combine(book.Root, "tmp")).FullName;
        await using var served = await ServedBook.StartAsync(book.Root, new Dictionary<string, string> { ["TMPDIR"] = temporary, ["DOTNET_EnableDiagnostics"] = "0" });
        var access = served.NewAccess();
        await using var page = await SocketReader.OpenAsync(served, access, "00-talk");
        await page.RunAsync(("cell-2", Talk));
        await page.UntilAsync(reader => reader.StateOf("cell-2") == "ok");

        using var client = served.NewClient();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {access}");
        var whole = await client.GetStringAsync("/output/00-talk/cell-2");
        Assert.EndsWith("private 59999\n", whole, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories), file => Holds(file, "private"));

        served.Process.Signal(signal);
        await served.Process.EndAsync();
        Assert.DoesNotContain(Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories), file => Holds(file, "private"));
    }

    private static bool Holds(string file, string text) => File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
}
