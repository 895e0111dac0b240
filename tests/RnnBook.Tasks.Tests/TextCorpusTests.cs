using System.Security.Cryptography;
using System.Text;

namespace RnnBook.Tests;

public class TextCorpusTests
{
    /// <summary>What was learned from the frozen text is recorded under this checksum.</summary>
    [Fact]
    public void The_frozen_sources_are_the_ones_that_were_frozen()
    {
        Assert.Equal(200_000, TextCorpus.Sources.Length);
        Assert.Equal(
            "e2e20e7eaade9dff91539fef4d8c5b489e80f363925f407cd97537bef07cded6",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextCorpus.Sources))));
    }

    [Fact]
    public void Letters_become_ids_of_the_alphabet()
    {
        var task = new CharacterText("abcabcabcabc", 2, testShare: 0.5, oneHot: false);
        var ids = task.Ids("cab");
        Assert.Equal(new[] { 3, 1, 1 }, ids.Shape.ToArray());
        Assert.Equal(new[] { 2f, 0, 1 }, ids.Span.ToArray());
        Assert.Throws<ArgumentException>(() => task.Ids("x"));
    }
}
