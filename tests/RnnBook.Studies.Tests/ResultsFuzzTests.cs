using System.Globalization;
using System.Text;

namespace RnnBook.Tests;

/// <summary>
/// Damaged results files, by thousands: each is read as what it says, or refused in one line that names file and line. RNNBOOK_FUZZ=100000 tries
/// that many.
/// </summary>
public sealed class ResultsFuzzTests : IDisposable
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("RNNBOOK_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 2000;

    /// <summary>What a results file is made of, and what it is not: bytes that mean something to one who reads JSON.</summary>
    private static readonly byte[][] Pieces =
    [
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", "null", "true", "-", "1e999", "9999999999", "\"NaN\"", "\"Infinity\"", "\"seed\"", "\\ud800", "\0" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3],
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_damaged_file_is_read_or_refused_in_one_line()
    {
        var random = new Random(20261129);
        var whole = Whole();
        var file = Path.Combine(folder, "damaged.jsonl");
        var (read, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var bytes = Damaged(whole, random);
            File.WriteAllBytes(file, bytes);
            try
            {
                var results = StudyResults.Load(file);
                Assert.InRange(results.Count, 0, bytes.Length);
                Assert.All(results, run => Assert.Equal(run.ToLine(), RunRecord.Read(run.ToLine()).ToLine()));
                read++;
            }
            catch (InvalidDataException exception)
            {
                Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(file)}, line [0-9]+: ", exception.Message);
                Assert.DoesNotContain('\n', exception.Message);
                refused++;
            }
        }

        Assert.True(read > Count / 100 && refused > Count / 4, $"{read} read, {refused} refused");
    }

    private byte[] Whole()
    {
        var file = Path.Combine(folder, "whole.jsonl");
        new StudyRunner(new CountingStudy(), file) { Only = key => key.Seed < 3 }.Run();
        return File.ReadAllBytes(file);
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var change = random.Next(0, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes[random.Next(at + 1)..at]);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
