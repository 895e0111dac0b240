using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RnnBook.Tests;

/// <summary>Damaged weight files, by thousands: each is read as what it says, or refused in one line. RNNBOOK_FUZZ=100000 tries that many.</summary>
public sealed class SafetensorsFuzzTests
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("RNNBOOK_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 2000;

    private static readonly string[] Pieces =
        ["-1", "0", "9223372036854775807", "1e300", "2147483648", "null", "\"F32\"", "\"I8\"", "[]", "[[1]]", "{}", "\"\"", "\\ud83d", "[0, 1]", "[4, 0]", "true"];

    [Fact]
    public void Every_damaged_file_is_read_or_refused_in_one_line()
    {
        var random = new Random(20261128);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var bytes = Damaged(random);
            try
            {
                var file = SafetensorsFile.Parse(bytes, "damaged.safetensors");
                foreach (var tensor in file.Tensors)
                {
                    Assert.Equal(tensor.Data.Length, tensor.Shape.Aggregate(1L, (product, length) => product * length) * StoredTensor.SizeOf(tensor.Type));
                }

                Assert.Equal(file.Tensors.Count, SafetensorsFile.Parse(file.ToBytes(), "again").Tensors.Count);
                read++;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("damaged.safetensors is no whole safetensors file: ", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', exception.Message);
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"file {i} of {Count}: {exception.Message}\n{Encoding.Latin1.GetString(bytes)}", exception);
            }
        }

        Assert.True(read > Count / 100 && refused > Count / 4, $"{read} read, {refused} refused");
    }

    private static byte[] Damaged(Random random)
    {
        var header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F64","shape":[1],"data_offsets":[24,32]}}""";
        var length = (long)Encoding.UTF8.GetByteCount(header);
        if (random.Next(2) == 0)
        {
            var values = header.Select((letter, index) => (letter, index)).Where(pair => pair.letter is ':').Select(pair => pair.index + 1).ToArray();
            var at = values[random.Next(values.Length)];
            var end = header.IndexOfAny([',', '}'], at);
            header = header[..at] + Pieces[random.Next(Pieces.Length)] + header[end..];
            length = Encoding.UTF8.GetByteCount(header);
        }

        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(header) + 32];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        for (var change = random.Next(0, 3); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
