namespace RnnBook.Tests;

public sealed class RunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-studies-").FullName;

    private string Results => Path.Combine(folder, "results.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void All_stages_are_run_once_and_written_sorted()
    {
        var study = new CountingStudy();
        var results = new StudyRunner(study, Results).Run();
        Assert.Equal((30, 30), (study.Runs, results.Count));
        Assert.Empty(study.Missing(results));
        var lines = File.ReadAllLines(Results);
        Assert.Equal(30, lines.Length);
        Assert.StartsWith("""{"key":{"stage":"confirm","rate":0.003,"seed":1000},"outcome":"even",""", lines[0]);
        new StudyRunner(study, Results).Run();
        Assert.Equal(30, study.Runs);
        Assert.Equal(lines, File.ReadAllLines(Results));
    }

    [Fact]
    public void Deleted_lines_are_run_again_and_nothing_else()
    {
        var study = new CountingStudy();
        new StudyRunner(study, Results) { WithOrigin = false }.Run();
        var whole = File.ReadAllLines(Results);
        File.WriteAllLines(Results, whole.Where((_, i) => i % 2 == 0));
        new StudyRunner(study, Results) { WithOrigin = false }.Run();
        Assert.Equal(45, study.Runs);
        Assert.Equal(whole, File.ReadAllLines(Results));
    }

    [Fact]
    public void A_stopped_study_goes_on_where_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        var study = new CountingStudy { Before = run => { if (run == 12) { stop.Cancel(); } } };
        Assert.ThrowsAny<OperationCanceledException>(() => new StudyRunner(study, Results) { Workers = 1 }.Run(cancellation: stop.Token));
        Assert.Equal(11, StudyResults.Load(Results).Count);
        var goesOn = new CountingStudy();
        new StudyRunner(goesOn, Results).Run();
        Assert.Equal(19, goesOn.Runs);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Shards_together_make_the_same_file_as_one_machine(int count)
    {
        var one = Path.Combine(folder, "one.jsonl");
        new StudyRunner(new CountingStudy(), one) { WithOrigin = false }.Run();
        var merged = new StudyResults();
        for (var stage = 0; stage < 2; stage++)
        {
            var before = new StudyResults(merged);
            for (var i = count - 1; i >= 0; i--)
            {
                var file = Path.Combine(folder, $"shard-{i}.jsonl");
                foreach (var record in new StudyRunner(new CountingStudy(), file) { Shard = (i, count), Others = before, WithOrigin = false }.Run())
                {
                    merged.Add(record);
                }
            }
        }

        merged.Save(Results);
        Assert.Equal(File.ReadAllText(one), File.ReadAllText(Results));
    }

    [Fact]
    public void Only_wanted_runs_are_done()
    {
        var study = new CountingStudy();
        var results = new StudyRunner(study, Results) { Only = key => key.Seed < 5 }.Run();
        Assert.Equal((5, 5), (study.Runs, results.Count));
    }

    [Fact]
    public void Two_processes_do_not_run_one_file_at_once()
    {
        using var taken = new FileStream(Results + ".lock", FileMode.Create, FileAccess.Write, FileShare.None);
        var refusal = Assert.Throws<IOException>(() => new StudyRunner(new CountingStudy(), Results).Run());
        Assert.StartsWith("Another process is running the study \"counting\" into ", refusal.Message);
    }

    [Fact]
    public void A_run_that_fails_names_the_study_and_keeps_the_others()
    {
        var study = new CountingStudy { Before = run => { if (run == 3) { throw new ArithmeticException("boom"); } } };
        var failure = Assert.Throws<InvalidOperationException>(() => new StudyRunner(study, Results) { Workers = 1 }.Run());
        Assert.Equal("A run of counting failed: boom", failure.Message);
        Assert.Equal(2, StudyResults.Load(Results).Count);
    }

    [Fact]
    public void Progress_counts_every_run()
    {
        var seen = new List<StudyProgress>();
        new StudyRunner(new CountingStudy(), Results).Run(seen.Add);
        Assert.Equal(Enumerable.Range(1, 30), seen.Select(progress => progress.Done));
        Assert.Equal((20, 30), (seen[0].Total, seen[^1].Total));
    }
}
