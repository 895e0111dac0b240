using System.Globalization;
using System.Text;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Browser.Tests;

/// <summary>
/// Chapters, all their cells, on the page's engine under Node: every cell runs, every verdict is the recorded one. RNNBOOK_IN_PAGE=02,03 runs these
/// in place of those that take less than two minutes; RNNBOOK_THOROUGH=all runs all, about 13 minutes on two cores.
/// </summary>
[Collection(PublishedSiteTests.Name)]
public sealed class NodeChapterTests(PublishedSite site, ChapterRuns runs) : IClassFixture<ChapterRuns>
{
    /// <summary>The chapters that are asked for by number.</summary>
    internal static string? Asked { get; } = Environment.GetEnvironmentVariable("RNNBOOK_IN_PAGE");

    public static TheoryData<string> Names => [.. Chosen];

    internal static IEnumerable<string> Chosen
    {
        get
        {
            var names = ChapterList.Of(PublishedSite.Folder).Select(chapter => chapter.Name);
            return Asked is null
                ? Thorough.Only(names, ["00", "01"], ["00", "01", "05", "08", "09", "10", "11", "13", "15"])
                : names.Where(name => Asked.Split(',').Contains(name[..2]));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Every_cell_runs_and_every_verdict_is_the_recorded_one(string chapter)
    {
        site.Require();
        var document = NotebookDocument.Parse(await runs.ExecutedAsync(chapter));
        var code = document.Cells.Where(cell => cell.Kind == CellKind.Code && cell.Source.Trim().Length > 0).ToList();
        Assert.All(code, cell => Assert.True(cell.ExecutionCount is not null, $"{cell.Id} did not run"));
        Assert.Empty(code.SelectMany(cell => cell.Outputs).Where(output => CellOutput.TypeOf(output) == "error").Select(output => output!.ToJsonString()));

        var claims = ClaimBook.Load(PublishedSite.Folder.ClaimsFile);
        var verdicts = MeasuredVerdict.In(document);
        var measured = claims.Where(claim => claim.Chapter == chapter[..2] && claim.Criteria.Count > 0).Select(claim => claim.Id);
        Assert.Equal(measured.Order(), verdicts.Select(verdict => verdict.Id).Where(id => claims[id].Criteria.Count > 0).Order());
        Assert.All(verdicts.Where(verdict => !claims[verdict.Id].IsTiming), verdict => Assert.Equal(claims[verdict.Id].Recorded?.Word(), verdict.Outcome));
    }

    /// <summary>
    /// Layers of every kind, with units that fill the last register and that do not, and steps of Adam on parameters of odd sizes: the page's compiled
    /// kernels agree with the library's own.
    /// </summary>
    [SkippableFact]
    public async Task Layers_and_steps_compute_in_the_page_what_they_compute_here()
    {
        site.Require();
        const string Code = """
            #r "../artifacts/book/RnnBook.dll"
            using RnnBook;
            var random = new RandomSource(3);
            double[] Measure(Func<int, RecurrentLayer> make, int units)
            {
                var model = new SequenceModel(make(units), new Linear(units, 2, random), everyStep: true);
                var batch = new Batch(new Tensor(7, 5, 3), new Tensor(7, 5, 2));
                foreach (ref var x in batch.Inputs.Span) x = (float)random.NextGaussian();
                var loss = model.LossAndGradients(batch, new MeanSquaredError());
                return [loss, .. model.Parameters.Select(p => p.Gradient.Span.ToArray().Sum(g => (double)g * g))];
            }
            foreach (var units in new[] { 3, 8, 23 })
                foreach (var make in new Func<int, RecurrentLayer>[] { n => new Rnn(3, n, Activation.Relu, random), n => new Rnn(3, n, Activation.Tanh, random),
                    n => new Rnn(3, n, Activation.Sigmoid, random), n => new Rnn(3, n, Activation.Elu, random), n => new Rnn(3, n, Activation.Gelu, random),
                    n => new Lstm(3, n, random), n => new Gru(3, n, random) })
                    foreach (var value in Measure(make, units))
                        Console.WriteLine(value.ToString("R"));
            var (dense, adam) = (new Linear(7, 5, random), new Adam(0.01f));
            for (var step = 0; step < 3; step++)
            {
                foreach (var p in dense.Parameters)
                    foreach (ref var g in p.Gradient.Span) g = (float)random.NextGaussian();
                adam.Step(dense.Parameters);
            }

            foreach (var p in dense.Parameters)
                foreach (var w in p.Value.Span.ToArray()) Console.WriteLine(w.ToString("R"));
            """;
        using var book = new TinyBook().Chapter("layers", Code);
        var inPage = Numbers(NotebookDocument.Parse(await PageEngineProcess.RunAsync(Path.Combine(book.Notebooks, "layers.ipynb"))));

        await using var engine = await CellEngine.StartAsync(new EngineOptions { WorkingDirectory = PublishedSite.Folder.Notebooks });
        var said = new StringBuilder();
        var result = await engine.ExecuteAsync(
            Code, message => said.Append(message is StreamEvent stream ? stream.Text : ""), TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.True(result.Status == CellStatus.Ok, result.Error?.Message);
        var here = Numbers(said.ToString());
        Assert.InRange(here.Length, 100, 1000);
        Assert.Equal(here.Length, inPage.Length);
        Assert.All(here.Zip(inPage), pair => Assert.Equal(pair.First, pair.Second, 2e-4 * Math.Abs(pair.First)));
    }

    private static double[] Numbers(NotebookDocument document) =>
        Numbers(string.Concat(document.Cells[1].Outputs.Select(output => string.Concat(output!["text"]!.AsArray().Select(line => (string?)line)))));

    private static double[] Numbers(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}
