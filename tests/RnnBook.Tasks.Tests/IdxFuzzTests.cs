using System.Globalization;

namespace RnnBook.Tests;

/// <summary>Damaged digit files, by thousands: each is read as what it says, or refused in one line. RNNBOOK_FUZZ=100000 tries that many.</summary>
public sealed class IdxFuzzTests
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("RNNBOOK_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 2000;

    [Fact]
    public void Every_damaged_file_is_read_or_refused_in_one_line()
    {
        var random = new Random(20261128);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            byte[] bytes = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. new byte[24]];
            for (var change = random.Next(0, 4); change > 0; change--)
            {
                bytes[random.Next(20)] = (byte)random.Next(256);
            }

            bytes = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            try
            {
                var file = IdxFile.Parse(bytes, "damaged.idx");
                Assert.Equal(file.Elements.Length, file.Shape.Aggregate(1L, (product, length) => product * length));
                read++;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("damaged.idx ", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', exception.Message);
                refused++;
            }
        }

        Assert.True(read > Count / 100 && refused > Count / 4, $"{read} read, {refused} refused");
    }
}
