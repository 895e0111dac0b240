using System.IO.Compression;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>The compressed forms beside a site's files say what the files say, are made once, and go when nobody keeps them up.</summary>
public sealed class CompressedFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-packed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_has_them_once_and_anew_when_it_has_changed()
    {
        var page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, new string('a', 5000));
        CompressedFiles.WriteBeside(folder, CancellationToken.None);
        Assert.Equal(File.ReadAllText(page), Unpacked(new BrotliStream(File.OpenRead(page + ".br"), CompressionMode.Decompress)));
        Assert.Equal(File.ReadAllText(page), Unpacked(new GZipStream(File.OpenRead(page + ".gz"), CompressionMode.Decompress)));

        var written = DateTime.UtcNow.AddHours(1);
        File.SetLastWriteTimeUtc(page + ".br", written);
        CompressedFiles.WriteBeside(folder, CancellationToken.None);
        Assert.Equal(written, File.GetLastWriteTimeUtc(page + ".br"), TimeSpan.FromSeconds(1));

        File.WriteAllText(page, new string('b', 5000));
        File.SetLastWriteTimeUtc(page, written.AddHours(1));
        CompressedFiles.WriteBeside(folder, CancellationToken.None);
        Assert.StartsWith("bbb", Unpacked(new BrotliStream(File.OpenRead(page + ".br"), CompressionMode.Decompress)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_small_or_packed_already_has_none_and_all_can_be_taken_away()
    {
        File.WriteAllText(Path.Combine(folder, "small.js"), "1");
        File.WriteAllBytes(Path.Combine(folder, "font.woff2"), new byte[5000]);
        File.WriteAllText(Path.Combine(folder, "large.js"), new string('1', 5000));
        CompressedFiles.WriteBeside(folder, CancellationToken.None);
        Assert.Equal(["font.woff2", "large.js", "large.js.br", "large.js.gz", "small.js"], Names());
        CompressedFiles.RemoveFrom(folder);
        Assert.Equal(["font.woff2", "large.js", "small.js"], Names());
    }

    [Fact]
    public void A_file_that_goes_takes_them_along()
    {
        var page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, new string('a', 5000));
        CompressedFiles.WriteBeside(folder, CancellationToken.None);
        Assert.Equal(["page.html", "page.html.br", "page.html.gz"], Names());
        CompressedFiles.Delete(page);
        Assert.Empty(Names());
    }

    private IEnumerable<string?> Names() => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static string Unpacked(Stream packed)
    {
        using var reader = new StreamReader(packed);
        return reader.ReadToEnd();
    }
}
