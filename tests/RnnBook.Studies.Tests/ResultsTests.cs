namespace RnnBook.Tests;

public sealed class ResultsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-results-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_line_is_read_as_it_was_written()
    {
        var key = new RunKey(("net", "σ \"0.9·I\""), ("rate", 1e-5), ("T", 100), ("seed", 1000UL));
        var record = new RunRecord(key, new CountingStudy().Run(key, RunWatch.None), new RunOrigin(1.5, "abc", "a machine", "2026-11-28"));
        var read = RunRecord.Read(record.ToLine());
        Assert.Equal(record.ToLine(), read.ToLine());
        Assert.Equal(key, read.Key);
        Assert.Equal((double.PositiveInfinity, 1e6), (read["never"], read["square"]));
        Assert.True(double.IsNaN(read["unknown"]));
        Assert.Equal([(0, 1), (100, 0.5)], read.Curve("line"));
        Assert.Equal("{\"net\":\"σ \\\"0.9·I\\\"\",\"rate\":1E-05,\"T\":100,\"seed\":1000}", key.ToString());
    }

    [Theory]
    [InlineData("{\"key\":{\"seed\":1},\"outcome\":\"learned\",\"updates\":1,\"measures\":{")]
    [InlineData("{\"outcome\":\"learned\",\"updates\":1,\"measures\":{}}")]
    [InlineData("{\"key\":{\"seed\":[1]},\"outcome\":\"learned\",\"updates\":1,\"measures\":{}}")]
    [InlineData("{\"key\":{\"seed\":1},\"outcome\":\"learned\",\"updates\":\"x\",\"measures\":{}}")]
    [InlineData("{\"key\":{\"seed\":1},\"outcome\":\"learned\",\"updates\":1,\"measures\":{\"final\":\"many\"}}")]
    [InlineData("""{"key":{"seed":1},"outcome":"learned","updates":1,"measures":{"final":"I\nfinity"}}""")]
    [InlineData("""{"key":{"seed":1,"a\nb":null},"outcome":"learned","updates":1,"measures":{}}""")]
    [InlineData("""{"key":{"seed":1,"a\nb":1e999},"outcome":"learned","updates":1,"measures":{}}""")]
    [InlineData("""{"key":{"seed":1,"a\nb":1,"a\nb":2},"outcome":"learned","updates":1,"measures":{}}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("\0\0\0")]
    public void A_damaged_line_is_named(string line)
    {
        var file = Path.Combine(folder, "damaged.jsonl");
        File.WriteAllLines(file, ["{\"key\":{\"seed\":7},\"outcome\":\"learned\",\"updates\":1,\"measures\":{}}", line]);
        var refusal = Assert.Throws<InvalidDataException>(() => StudyResults.Load(file)).Message;
        Assert.StartsWith($"{file}, line 2: ", refusal);
        Assert.DoesNotContain('\n', refusal);
    }

    [Fact]
    public void A_run_that_stands_twice_is_named()
    {
        var file = Path.Combine(folder, "twice.jsonl");
        const string Line = "{\"key\":{\"seed\":7},\"outcome\":\"learned\",\"updates\":1,\"measures\":{}}";
        File.WriteAllLines(file, [Line, Line]);
        Assert.Contains("line 2: this run stands in an earlier line too", Assert.Throws<InvalidDataException>(() => StudyResults.Load(file)).Message);
    }

    [Fact]
    public void Keys_say_what_is_missing()
    {
        var key = new RunKey(("net", "LSTM"), ("seed", 1));
        Assert.Contains("There is no \"rate\"", Assert.Throws<KeyNotFoundException>(() => key.Text("rate")).Message);
        Assert.Contains("\"net\" is no number", Assert.Throws<KeyNotFoundException>(() => key.Number("net")).Message);
        Assert.Contains("stands twice", Assert.Throws<ArgumentException>(() => new RunKey(("a", 1), ("a", 2))).Message);
        Assert.Contains("a text or a finite number", Assert.Throws<ArgumentException>(() => new RunKey(("a", double.NaN))).Message);
        Assert.Equal("{\"net\":\"GRU\",\"seed\":1}", key.With("net", "GRU").ToString());
    }

    [Fact]
    public void A_changed_record_is_found_by_repeating_it()
    {
        var study = new CountingStudy();
        var key = study.Plan([])[3];
        var honest = new RunRecord(key, study.Run(key, RunWatch.None), null);
        Assert.True(StudyVerifier.Repeat(study, honest) is { StartsAlike: true, EndsAlike: true });
        var forged = honest with { Outcome = honest.Outcome with { Head = [0.3333, 1e-12] } };
        Assert.True(StudyVerifier.Repeat(study, forged) is { StartsAlike: false, EndsAlike: true });
        Assert.Contains("FIRST UPDATES DIFFER", StudyVerifier.Repeat(study, forged).ToString());
        var otherEnd = honest with { Outcome = honest.Outcome with { Class = "diverged" } };
        Assert.True(StudyVerifier.Repeat(study, otherEnd) is { StartsAlike: true, EndsAlike: false });
    }
}
