using System.Text.Json;
using System.Text.Json.Nodes;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Browser.Tests;

/// <summary>The editor in the page, which has the compiler alone, is told what the live book's is, which has Roslyn's tools for editors.</summary>
[Collection(PublishedSiteTests.Name)]
public sealed class PageEditorTests(PublishedSite site)
{
    private const string Before = """
        #r "../artifacts/book/RnnBook.Interactive.dll"
        using RnnBook;
        var random = new RandomSource(1);
        var rnn = new Rnn(3, 4, Activation.Relu, random);
        var list = new List<int> { 1 };
        string? text = "";
        int? maybe = 3;
        int Twice(int number) => 2 * number;
        """;

    /// <summary>The bar is the cursor.</summary>
    private static readonly string[] Completed =
    [
        "rnn.|", "rnn.For|", "Activation.|", "Activation.Re|", "list.Wh|", "text?.Sub|", "maybe?.|", "rnn?.Wei|", "System.Text.StringB|", "using System.Te|", "ran|", "Twi|",
        "rnn.|\nvar next = 1;", "rnn.|\nConsole.WriteLine(1);", "list.Select(item => item.|)", "list.Select(item => ite|)", "var inner = 5;\ninn|", "inn|;\nvar inner = 5;",
        "new Rn|", "var twice = Twice(num|", "var other = new Trainer(null!, null!, null!) { Bat|", "foreach (var l in lis|", "Math.Ab|", "typeof(Rnn).|", "\"rnn.|\"", "// rnn.|",
        "if (rnn.|)\n{\n}", "int.Par|", "rnn.HiddenSize.|", "new Rnn(1, 2, Activation.Tanh, random).|", "(rnn).|", "Console.|WriteLine(1);", "RandomSo|",
    ];

    private static readonly string[] Inspected = ["new Rn|n(1, 2, Activation.Relu, random)", "rnn.Hidden|Size", "Twice(|", "random.Next|Gaussian()", "Twi|ce(1)", "// no|thing"];

    [SkippableFact]
    public async Task It_is_offered_the_same_names_and_told_the_same_of_them()
    {
        site.Require();
        await using var engine = await CellEngine.StartAsync(new EngineOptions { WorkingDirectory = PublishedSite.Folder.Notebooks });
        var result = await engine.ExecuteAsync(Before);
        Assert.True(result.Status == CellStatus.Ok, result.Error?.Message);
        using var book = new TinyBook().Chapter("typed", Before);
        var (questions, expected) = (new JsonArray(), new List<JsonNode?>());
        foreach (var (place, type) in Completed.Select(place => (place, "complete")).Concat(Inspected.Select(place => (place, "inspect"))))
        {
            var (code, position) = (place.Replace("|", "", StringComparison.Ordinal), Math.Max(place.IndexOf('|', StringComparison.Ordinal), 0));
            questions.Add(new JsonObject { ["type"] = type, ["code"] = code, ["position"] = position });
            expected.Add(type == "complete" ? CodeAnswer.Of(await engine.CompleteAsync(code, position)) : CodeAnswer.Of(await engine.InspectAsync(code, position)));
        }

        book.File("questions.json", questions.ToJsonString());
        var answers = JsonNode.Parse(
            await PageEngineProcess.RunAsync(Path.Combine(book.Notebooks, "typed.ipynb"), Path.Combine(book.Notebooks, "questions.json")))!.AsArray();

        Assert.Equal(questions.Count, answers.Count);
        Assert.All(Enumerable.Range(0, questions.Count), i => Assert.Equal(Text(expected[i]), Text(answers[i])));
    }

    private static string Text(JsonNode? answer) => answer?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "";
}
