using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace RnnBook.Book.Tests;

/// <summary>`book data`, against hosts on this machine: whole, broken in the middle, wrong, and not there at all.</summary>
public sealed class DataCommandTests : IDisposable
{
    private static readonly byte[] Content = Enumerable.Range(0, 300_000).Select(i => (byte)((i * i) >> 7)).ToArray();
    private readonly TinyBook book = new();

    private string Target => Path.Combine(book.Root, "data", "things", "one.gz");

    public void Dispose() => book.Dispose();

    [Fact]
    public async Task A_data_set_is_fetched_checked_and_listed()
    {
        using var host = new FileHost(Packed());
        List(host.Address);
        Assert.Contains("not here: `book data get things`", (await BookProcess.RunAsync(book.Root, "data", "list")).Output, StringComparison.Ordinal);

        var result = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("things: fetched, checksums right", result.Output, StringComparison.Ordinal);
        Assert.Equal(Packed(), File.ReadAllBytes(Target));
        Assert.Equal(["one.gz"], Directory.EnumerateFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
        Assert.Matches(@"things +0\.3 MB +here", (await BookProcess.RunAsync(book.Root, "data", "list")).Output);

        Assert.Contains("already here", (await BookProcess.RunAsync(book.Root, "data", "get", "things")).Output, StringComparison.Ordinal);
        Assert.Single(host.Ranges);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transfer_that_breaks_goes_on_where_it_stopped(bool byReset)
    {
        var third = (Content.Length / 3) + 1;
        using var host = new FileHost(Content) { BreakAfter = third, Resets = byReset };
        List(host.Address);
        var result = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(["", $"bytes={third}-", $"bytes={2 * third}-"], host.Ranges);
    }

    [Fact]
    public async Task A_later_command_goes_on_from_what_an_earlier_one_left()
    {
        using var host = new FileHost(Content) { BreakAfter = 1000 };
        List(host.Address);
        var broken = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("things/one.gz could not be fetched. 127.0.0.1: ", broken.Errors, StringComparison.Ordinal);
        Assert.Contains("the same command goes on from there", broken.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));

        host.BreakAfter = null;
        Assert.Equal(0, (await BookProcess.RunAsync(book.Root, "data", "get", "things")).ExitCode);
        Assert.Equal(["", "bytes=1000-", "bytes=2000-", "bytes=3000-"], host.Ranges);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_beginning_that_is_damaged_or_a_host_that_knows_no_parts_costs_one_more_transfer(bool knowsRanges)
    {
        using var host = new FileHost(Content) { KnowsRanges = knowsRanges };
        List(host.Address);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target + ".part", new byte[500]);
        Assert.Equal(0, (await BookProcess.RunAsync(book.Root, "data", "get", "things")).ExitCode);
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(knowsRanges ? ["bytes=500-", ""] : ["bytes=500-"], host.Ranges);
    }

    [Fact]
    public async Task A_wrong_file_is_never_kept_and_the_next_address_is_tried()
    {
        using var wrong = new FileHost([.. Content.Reverse()]);
        using var right = new FileHost(Content);
        List(wrong.Address);
        var refused = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("127.0.0.1: what it sends is not this file (checksum).", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!));

        List(wrong.Address, right.Address);
        Assert.Equal(0, (await BookProcess.RunAsync(book.Root, "data", "get", "things")).ExitCode);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Without_a_network_one_clear_line_says_so()
    {
        string gone;
        using (var host = new FileHost(Content))
        {
            gone = host.Address;
        }

        List(gone);
        var result = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^things: things/one\.gz could not be fetched\. 127\.0\.0\.1: Connection refused[^\n]*\.$", result.Errors.Trim().Split('\n')[^1]);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_refuses_is_named_with_its_answer()
    {
        using var host = new FileHost([1]) { Status = "404 Not Found" };
        List(host.Address);
        var result = await BookProcess.RunAsync(book.Root, "data", "get", "things");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("404", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_and_a_damaged_file_are_named()
    {
        List("http://127.0.0.1/");
        var unknown = await BookProcess.RunAsync(book.Root, "data", "get", "nothing");
        Assert.Equal((2, "No data set 'nothing'. There are: things"), (unknown.ExitCode, unknown.Errors.Trim()));

        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target, Content[..1000]);
        var list = await BookProcess.RunAsync(book.Root, "data", "list");
        Assert.Contains("it ends after 1000 of 300000 bytes", list.Output, StringComparison.Ordinal);
    }

    private static byte[] Packed()
    {
        using var memory = new MemoryStream();
        using (var packer = new GZipStream(memory, CompressionLevel.Fastest))
        {
            packer.Write(Content);
        }

        return memory.ToArray();
    }

    private void List(params string[] addresses)
    {
        var file = new DatasetFile("things/one.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), addresses);
        var json = JsonSerializer.Serialize(new[] { new { name = "things", title = "Things", licence = "none", files = new[] { file } } }, JsonSerializerOptions.Web);
        File.WriteAllText(Path.Combine(book.Root, "data", "datasets.json"), json);
    }
}
