namespace RnnBook.Book.Tests;

/// <summary>`book pdf`: a chapter on paper.</summary>
public sealed class PdfCommandTests
{
    [SkippableFact]
    public async Task A_chapter_is_printed_with_its_figures()
    {
        Skip.IfNot(File.Exists(Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium"), "Chromium is missing");
        using var book = new TinyBook().Chapter("00-words", "1").Chapter("01-figure", TinyBook.Libraries, "var f = new Figure(\"Squares\") { Alt = \"Squares.\" }; f.Line(new[] { 1.0, 2, 3 }, new[] { 1.0, 4, 9 }, \"n²\"); f");
        var run = await BookProcess.RunAsync(book.Root, "run");
        Assert.True(run.ExitCode == 0, run.ToString());
        var result = await BookProcess.RunAsync(book.Root, "pdf", "01");
        Assert.True(result.ExitCode == 0, result.ToString());
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(book.Root, "artifacts", "pdf")));
        Assert.EndsWith("01-figure.pdf", file, StringComparison.Ordinal);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }
}
