namespace RnnBook.Book.Tests;

/// <summary>
/// Other random numbers, the same verdicts: chapters whose cells draw for themselves, with another global seed. RNNBOOK_SEEDS=1,2,3 runs the whole
/// book with each of these, which takes about five minutes a seed.
/// </summary>
public sealed class SeedTests
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("RNNBOOK_SEEDS");

    public static TheoryData<string> Seeds => [.. (Asked ?? "3").Split(',')];

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public async Task Verdicts_do_not_care_about_the_seed(string seed)
    {
        if (Asked is null)
        {
            Thorough.Need();
        }

        using var book = new SeededBook();
        string[] chapters = Asked is not null ? [] : ["01", "04"];
        var result = await BookProcess.RunAsync(book.Root, ["run", .. chapters, "--seed", seed]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("every verdict is the recorded one", result.Output);
    }
}
