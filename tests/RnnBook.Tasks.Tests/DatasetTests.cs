using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace RnnBook.Tests;

public sealed class DatasetTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i % 251))];
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    private string Place => Path.Combine(folder, "file");

    private static DatasetFile Wanted => new("file", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), []);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_may_be_packed_or_not()
    {
        File.WriteAllBytes(Place, Content);
        Assert.Equal(Content, Wanted.Read(Place));
        File.WriteAllBytes(Place, Packed());
        Assert.Equal(Content, Wanted.Read(Place));
    }

    [Fact]
    public void A_truncated_longer_or_foreign_file_is_refused_in_one_line()
    {
        Refuses(Content[..1234], "it ends after 1234 of 5000 bytes");
        Refuses([.. Content, 1], "it is longer than 5000 bytes");
        Refuses([.. Content.Reverse()], "its checksum (SHA-256) differs");
        Refuses([], "it ends after 0 of 5000 bytes");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz")]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-images.idx3-ubyte")]
    [InlineData("train-images.idx3-ubyte.gz")]
    public void A_file_is_found_under_each_of_its_usual_names(string name)
    {
        var wanted = Wanted with { Path = "mnist/train-images-idx3-ubyte.gz" };
        Assert.Equal(Path.Combine(folder, wanted.Path), wanted.In(folder));
        var place = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "mnist")).FullName, name);
        File.WriteAllBytes(place, name.EndsWith(".gz", StringComparison.Ordinal) ? Packed() : Content);
        Assert.Equal(place, wanted.In(folder));
        Assert.Equal(Content, wanted.Read(wanted.In(folder)));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<title>Sign in</title>")]
    [InlineData("\ufeff\n <html></html>")]
    public void A_web_page_under_its_name_is_called_one(string page) => Refuses(System.Text.Encoding.UTF8.GetBytes(page), "it looks like a web page");

    /// <summary>Wherever one bit of a packed file falls over, the file is refused, or its content is right all the same.</summary>
    [Fact]
    public void A_damaged_packed_file_is_never_read_as_something_else()
    {
        var packed = Packed();
        for (var i = 0; i < packed.Length; i++)
        {
            var damaged = (byte[])packed.Clone();
            damaged[i] ^= 4;
            File.WriteAllBytes(Place, damaged);
            try
            {
                Assert.Equal(Content, Wanted.Read(Place));
            }
            catch (InvalidDataException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
    }

    [Fact]
    public void The_books_own_list_is_whole()
    {
        Assert.Equal(["mnist", "tinyshakespeare"], Dataset.Known.Select(set => set.Name));
        Assert.All(Dataset.Known, set =>
        {
            Assert.NotEmpty(set.Licence);
            Assert.All(set.Files, file =>
            {
                Assert.Equal(64, file.Sha256.Length);
                Assert.All(file.Addresses, address => Assert.Equal("https", new Uri(address).Scheme));
                Assert.NotEmpty(file.Addresses);
            });
        });
        Assert.Contains("There are: mnist, tinyshakespeare", Assert.Throws<ArgumentException>(() => Dataset.Of("x")).Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{\"name\":\"a\"}]")]
    [InlineData("[{\"name\":\"a\",\"title\":\"b\",\"licence\":\"c\",\"files\":[],\"more\":1}]")]
    [InlineData("null")]
    public void A_list_that_is_none_is_refused(string json)
    {
        File.WriteAllText(Place, json);
        Assert.Contains(Place, Assert.Throws<InvalidDataException>(() => Dataset.Load(Place)).Message);
    }

    [Fact]
    public void Idx_files_give_shape_and_elements_or_say_what_is_wrong()
    {
        var idx = IdxFile.Parse(Idx(8, [2, 3], [1, 2, 3, 4, 5, 6]), "digits");
        Assert.Equal([2, 3], idx.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], idx.Elements.ToArray());
        RefusesIdx(Idx(13, [1], [1]), "no IDX file of bytes");
        RefusesIdx([0, 0], "no IDX file of bytes");
        RefusesIdx([0, 0, 8, 2, 0, 0, 0, 1], "ends inside its header, after 8 of 12 bytes");
        RefusesIdx(Idx(8, [2, 3], [1, 2, 3]), "has 3 elements, but its header says 2×3");
        RefusesIdx(Idx(8, [-1, -1, -1, -1, -1], []), "has 0 elements");
    }

    private static void RefusesIdx(byte[] content, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => IdxFile.Parse(content, "digits")).Message);

    private static byte[] Idx(byte type, int[] shape, byte[] elements)
    {
        var lengths = new byte[4 * shape.Length];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(lengths.AsSpan(4 * axis), shape[axis]);
        }

        return [0, 0, type, (byte)shape.Length, .. lengths, .. elements];
    }

    private static byte[] Packed()
    {
        using var memory = new MemoryStream();
        using (var packer = new GZipStream(memory, CompressionLevel.Optimal))
        {
            packer.Write(Content);
        }

        return memory.ToArray();
    }

    private void Refuses(byte[] content, string problem)
    {
        File.WriteAllBytes(Place, content);
        var message = Assert.Throws<InvalidDataException>(() => Wanted.Read(Place)).Message;
        Assert.Contains(problem, message);
        Assert.StartsWith(Place, message);
        Assert.DoesNotContain('\n', message);
    }
}
