namespace RnnBook.Book.Tests;

/// <summary>What `book` answers to mistakes and questions.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run", "nosuch")]
    [InlineData("nosuch")]
    [InlineData("run", "07", "nosuch")]
    public async Task An_unknown_chapter_is_answered_with_those_there_are(params string[] arguments)
    {
        using var book = new TinyBook().Chapter("00-start", "1").Chapter("07-later", "2");
        var result = await BookProcess.RunAsync(book.Root, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("No chapter 'nosuch'. There are: 00-start, 07-later", result.Errors.Trim());
        Assert.Empty(result.Output.Trim());
        Assert.False(Directory.Exists(book.Site));
    }

    [Theory]
    [InlineData("07")]
    [InlineData("7")]
    [InlineData("07-later")]
    [InlineData("notebooks/07-later.ipynb")]
    public async Task A_chapter_is_called_by_number_name_or_file(string name)
    {
        using var book = new TinyBook().Chapter("00-start", "1").Chapter("07-later", "2");
        var result = await BookProcess.RunAsync(book.Notebooks, "run", name, "--profile", "full", "--seed", "5");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["07-later.ipynb"], Directory.EnumerateFiles(Path.Combine(book.Root, "artifacts", "notebooks")).Select(Path.GetFileName));
        Assert.Contains("profile full, seed 5", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quick", "--profile", "fast")]
    [InlineData("--time-limit needs seconds above 0", "--time-limit", "-1")]
    [InlineData("--time-limit needs seconds above 0", "--time-limit", "soon")]
    [InlineData("--seed needs a whole number of 0 or more", "--seed", "x")]
    [InlineData("--seed needs a whole number of 0 or more", "--seed", "-1")]
    [InlineData("--nosuch", "--nosuch")]
    public async Task A_wrong_option_is_a_usage_error(string answer, params string[] arguments)
    {
        using var book = new TinyBook().Chapter("00-start", "1");
        var result = await BookProcess.RunAsync(book.Root, ["run", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(answer, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port needs a number from 0 to 65535.", "serve", "--port", "abc")]
    [InlineData("--port needs a number from 0 to 65535.", "serve", "--port", "65536")]
    [InlineData("--engines needs a number from 1 to 100.", "serve", "--engines", "0")]
    [InlineData("--workers needs a number of 1 or more.", "study", "run", "race", "--workers", "many")]
    [InlineData("--slurm needs a number of 1 or more.", "study", "run", "mean-field", "--slurm", "0")]
    [InlineData("--runs needs a number of 1 or more.", "study", "verify", "race", "--runs", "0")]
    public async Task A_wrong_number_is_answered_with_the_right_ones(string answer, params string[] arguments)
    {
        using var book = new TinyBook();
        var result = await BookProcess.RunAsync(book.Root, arguments);
        Assert.Equal((2, answer), (result.ExitCode, result.Errors.Split('\n')[0].Trim()));
    }

    [Fact]
    public async Task Cells_see_profile_seed_and_the_notebooks_folder()
    {
        using var book = new TinyBook().Chapter("00-start",
            "Environment.GetEnvironmentVariable(\"RNNBOOK_PROFILE\") + Environment.GetEnvironmentVariable(\"RNNBOOK_SEED\")\n" +
            " + System.IO.Path.GetFileName(Environment.CurrentDirectory)");
        var result = await BookProcess.RunAsync(book.Root, "--profile", "full", "--seed", "77");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("full77notebooks", File.ReadAllText(Path.Combine(book.Site, "00-start.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_commands_and_options()
    {
        using var book = new TinyBook();
        var result = await BookProcess.RunAsync(book.Root, "--help");
        Assert.Equal(0, result.ExitCode);
        Assert.All(["run", "claims", "site", "--profile", "--seed", "--time-limit"], word => Assert.Contains(word, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Claims_that_break_the_rules_are_named_before_anything_runs()
    {
        using var book = new TinyBook().Chapter("00-start", "1");
        File.WriteAllText(Path.Combine(book.Root, "data", "claims.json"), "[{ \"id\": 3 }]");
        var result = await BookProcess.RunAsync(book.Root, "run");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("claims.json", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_written_to_a_folder_of_its_own_and_never_among_other_files()
    {
        using var book = new TinyBook().Chapter("01-one", "1 + 1");
        var (own, other) = (Path.Combine(book.Root, "public"), Path.Combine(book.Root, "other"));
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "mine.html"), "mine");
        foreach (var _ in (int[])[1, 2])
        {
            var written = await BookProcess.RunAsync(book.Root, "site", "--no-browser", "--output", own);
            Assert.True(written.ExitCode == 0, written.ToString());
        }

        var refused = await BookProcess.RunAsync(book.Root, "site", "--no-browser", "--output", other);
        Assert.True(File.Exists(Path.Combine(own, "01-one.html")));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("holds other files", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["mine.html"], Directory.EnumerateFileSystemEntries(other).Select(Path.GetFileName));
        Assert.False(Directory.Exists(book.Site));
    }
}
