using System.Globalization;
using System.Text;
using RnnBook.Cli;
using RnnBook.Notebook;
using Xunit.Abstractions;

namespace RnnBook.Book.Tests;

/// <summary>
/// Damaged notebooks, by thousands: each is read and becomes a page, or is refused in one line. RNNBOOK_FUZZ=100000 tries that many.
/// </summary>
public sealed class NotebookFuzzTests(ITestOutputHelper output)
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("RNNBOOK_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 2000;

    /// <summary>What other programs and people write in place of what belongs there.</summary>
    private static readonly string[] Pieces =
    [
        "null", "true", "-1", "0", "1e400", "3.0", "NaN", "-Infinity", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "{\"a\":1}", "\\ud83d", "\\u0000", "\u0000", "\ufeff", "\r", "\\\"",
        "<script>", "</script>", "<svg>", "<p id=content>", "attachment:p.png", "$$", "```", "| a |\\n|---|\\n", "\\n# ", "> > > > ", "\"text/html\"", "\"output_type\"", "\"stream\"",
        "\"application/vnd.plotly.v1+json\"", "\"application/vnd.rnnbook.verdict+json\"", "\"application/vnd.rnnbook.exercise+json\"", "\"metadata\"", "\"cells\"", ",", ":", "\"", "}", "]",
    ];

    [Fact]
    public void Every_damaged_notebook_becomes_a_page_or_one_clear_line()
    {
        var random = new Random(20261128);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var text = Damaged(Whole(random), random);
            try
            {
                Show(NotebookDocument.Parse(text, "damaged.ipynb"));
                read++;
            }
            catch (NotebookException exception)
            {
                Assert.StartsWith("damaged.ipynb: ", exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', exception.Message);
                Assert.True(exception.Message.Length < 600, exception.Message);
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"notebook {i} of {Count}: {exception.Message}\n{text}", exception);
            }
        }

        output.WriteLine($"{Count} damaged notebooks: {read} read and shown, {refused} refused in one line");
        Assert.True(read > Count / 20 && refused > Count / 20, "the damage is neither always harmless nor always fatal");
    }

    /// <summary>All that `book` does with a notebook besides running it.</summary>
    private static void Show(NotebookDocument document)
    {
        Assert.Equal(document.Cells.Count, document.Cells.Select(cell => cell.Id).Distinct().Count());
        var json = document.ToJson();
        Assert.Equal(json, NotebookDocument.Parse(json).ToJson());
        _ = (document.ForeignLanguage, RunStamp.ReadFrom(document), MeasuredVerdict.In(document));
        var run = new ChapterRun(new Chapter("damaged.ipynb"), document, RunStamp.ReadFrom(document), null);
        var info = ChapterInfo.Of(run);
        _ = (info.Exercises.Count(), info.Lead);
        var prose = new Prose();
        var outputs = new OutputHtml();
        foreach (var cell in document.Cells)
        {
            _ = cell.Kind switch
            {
                CellKind.Markdown => prose.ToHtml(cell.Source, cell.Json["attachments"] as System.Text.Json.Nodes.JsonObject),
                CellKind.Code => outputs.Of(cell),
                _ => "",
            };
            _ = (cell.Metadata.Count, cell.Kind == CellKind.Code ? cell.ExecutionCount : null);
            if (cell.Kind == CellKind.Code)
            {
                foreach (var value in cell.Outputs.Select((node, index) => new LiveValue($"x-{index}", (System.Text.Json.Nodes.JsonObject)node!)))
                {
                    _ = (value.Html, value.ExerciseResult);
                }
            }
        }
    }

    private static string Whole(Random random) => Examples[random.Next(Examples.Length)];

    private static string Damaged(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(damaged.Length);
            var length = Math.Min(random.Next(1, 12), damaged.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    damaged.Remove(at, length);
                    break;
                case 1:
                    damaged.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    ReplaceValue(damaged, at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 3:
                    damaged[at] = (char)random.Next(1, 0x2000);
                    break;
                case 4:
                    damaged.Insert(at, damaged.ToString(at, length));
                    break;
                default:
                    ReplaceValue(damaged, at, Pieces[random.Next(11)]);
                    break;
            }
        }

        return damaged.ToString();
    }

    /// <summary>Puts a piece in place of the next value, so that the file mostly stays JSON and its form is what is wrong.</summary>
    private static void ReplaceValue(StringBuilder text, int from, string piece)
    {
        var whole = text.ToString();
        var start = whole.IndexOf(": ", from, StringComparison.Ordinal);
        if (start < 0 || start + 3 >= whole.Length)
        {
            return;
        }

        start += 2;
        var end = whole[start] switch
        {
            '"' => whole.IndexOf('"', start + 1) + 1,
            '[' => whole.IndexOf(']', start) + 1,
            '{' => whole.IndexOf('}', start) + 1,
            _ => whole.IndexOfAny([',', '\n', '}'], start),
        };
        if (end > start)
        {
            text.Remove(start, end - start).Insert(start, piece);
        }
    }

    private static readonly string[] Examples = [.. new[]
    {
        """
        {"cells": [{"cell_type": "markdown", "id": "m", "metadata": {}, "attachments": {"p.png": {"image/png": "AAAA"}},
          "source": "# 07 · Title ![p](attachment:p.png)\n\nLead *with* $x^2$ and [a link](other.ipynb#x) <b>html</b>.[^1]\n\n## Section\n\n- [ ] task\n\n| a | b |\n|---|--:|\n| 1 | $y$ |\n\n[^1]: Note."}],
         "metadata": {"kernelspec": {"name": ".net-csharp", "language": "C#"}, "rnnbook": {"title": "T", "minutes": 12}}, "nbformat": 4, "nbformat_minor": 5}
        """,
        """
        {"cells": [{"cell_type": "code", "id": "c", "metadata": {"tags": ["hide-input"], "rnnbook": {"exercise": "07-a"}}, "execution_count": 3, "source": ["var x = 1;\n", "x"],
          "outputs": [{"output_type": "stream", "name": "stdout", "text": ["\u001b[31mred\n", "50 %\r100 %\n"]},
            {"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<table><tr><td style='color:red'>1</table>"], "text/plain": "1"}},
            {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": {"data": [{"x": [1, 2]}], "layout": {"height": 300}}, "text/plain": "A figure."}},
            {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"image/svg+xml": "<svg/>", "text/plain": "svg"}},
            {"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA\n", "text/markdown": "**b**", "text/latex": "$x$", "application/json": {"a": [1]}}},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]}]}],
         "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        """,
        """
        {"cells": [{"cell_type": "code", "id": "v", "metadata": {}, "execution_count": null, "source": "v",
          "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"application/vnd.rnnbook.verdict+json":
            {"id": "A1", "verdict": "reproduced", "seeds": 5, "criteria": [{"name": "value", "for": "stated", "is": ">=", "threshold": 1, "measured": 2, "low": 1, "high": "Infinity", "n": 5, "holds": true}]},
            "application/vnd.rnnbook.exercise+json": {"id": "07-a", "solved": false}, "text/markdown": "# h\n\ntext", "text/plain": "A1"}}]},
          {"cell_type": "raw", "id": "r", "metadata": {}, "source": ["raw"]}],
         "metadata": {"rnnbook": {"run": {"fingerprint": "f", "profile": "quick", "seed": 1, "seconds": 2.5, "failure": null, "cellSeconds": {"v": 1.5}}}}, "nbformat": 4, "nbformat_minor": 5}
        """,
    }];
}
