using RnnBook.Shared;

namespace RnnBook.Tests;

/// <summary>A file is the old one or the new one, whatever happens in between, and nothing is left beside it.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    private string Place => Path.Combine(folder, "new", "file.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Text_is_written_as_utf8_without_a_mark_over_what_was_there()
    {
        AtomicFile.WriteText(Place, "old and longer");
        AtomicFile.WriteText(Place, "σ");
        Assert.Equal([0xCF, 0x83], File.ReadAllBytes(Place));
        Assert.Equal([Place], Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_no_part()
    {
        AtomicFile.WriteText(Place, "old");
        Assert.Throws<NotSupportedException>(() => AtomicFile.Write(Place, stream =>
        {
            stream.Write("half of the ne"u8);
            Assert.Equal("old", File.ReadAllText(Place));
            throw new NotSupportedException();
        }));
        Assert.Equal("old", File.ReadAllText(Place));
        Assert.Equal([Place], Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Two_writers_do_not_meet() => AtomicFile.Write(Place, stream =>
    {
        AtomicFile.WriteText(Place, "inner");
        stream.Write("outer"u8);
    });

    [Fact]
    public void A_copy_is_made_only_where_size_or_time_differ()
    {
        var source = Path.Combine(folder, "source");
        File.WriteAllText(source, "abc");
        AtomicFile.Copy(source, Place);
        Assert.Equal("abc", File.ReadAllText(Place));
        File.WriteAllText(Place, "xyz");
        File.SetLastWriteTimeUtc(Place, File.GetLastWriteTimeUtc(source));
        AtomicFile.Copy(source, Place);
        Assert.Equal("xyz", File.ReadAllText(Place));
        File.SetLastWriteTimeUtc(Place, DateTime.UnixEpoch);
        AtomicFile.Copy(source, Place);
        Assert.Equal("abc", File.ReadAllText(Place));
    }
}
