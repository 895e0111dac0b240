using System.Text.Json.Nodes;

namespace RnnBook.Notebook.Tests;

/// <summary>Notebook files: nothing is lost, broken ones are explained in one line.</summary>
public sealed class NotebookDocumentTests : IDisposable
{
    private const string Rich = """
        {
         "cells": [
          {
           "attachments": {
            "image.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {
            "tags": [
             "keep"
            ],
            "unknown": {
             "deep": [
              1.0,
              1e-07,
              null
             ]
            }
           },
           "source": [
            "# Title 😀\n",
            "∂h ≤ \"quoted\" <b> & 'apostrophe' \\ back"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 7,
           "id": "code-1",
           "metadata": {},
           "outputs": [
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [],
               "layout": {}
              },
              "text/plain": [
               "one\n",
               "two"
              ]
             },
             "execution_count": 7,
             "metadata": {
              "isolated": true
             },
             "output_type": "execute_result"
            }
           ],
           "source": [
            "var x = 1;\n",
            "x"
           ],
           "x-new-field": 5
          },
          {
           "cell_type": "raw",
           "id": "raw-1",
           "metadata": {},
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "zzz": true
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_as_Jupyter_writes_it_comes_back_byte_for_byte() =>
        Assert.Equal(Rich, NotebookDocument.Parse(Rich).ToJson());

    [Fact]
    public void Cells_are_read()
    {
        var document = NotebookDocument.Parse(Rich);

        Assert.Equal([CellKind.Markdown, CellKind.Code, CellKind.Raw], document.Cells.Select(cell => cell.Kind));
        Assert.Equal(["intro", "code-1", "raw-1"], document.Cells.Select(cell => cell.Id));
        Assert.Equal("var x = 1;\nx", document.Cells[1].Source);
        Assert.Equal(7, document.Cells[1].ExecutionCount);
        Assert.Equal("one\ntwo", CellOutput.Text(document.Cells[1].Outputs[0]));
        Assert.Equal("", document.Cells[2].Source);
    }

    [Fact]
    public void A_source_in_one_text_is_written_as_lines()
    {
        var document = NotebookDocument.Parse(
            """{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"one\ntwo\n"}]}""");

        Assert.Equal("one\ntwo\n", document.Cells[0].Source);
        Assert.Contains("""
               "source": [
                "one\n",
                "two\n"
               ]
            """, document.ToJson());
    }

    [Fact]
    public void Older_minor_versions_get_ids_that_stay_the_same()
    {
        const string Old = """{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"raw","source":""},{"cell_type":"code","source":[]}]}""";

        var document = NotebookDocument.Parse(Old);

        Assert.Equal(["cell-1", "cell-2"], document.Cells.Select(cell => cell.Id));
        Assert.Equal(document.ToJson(), NotebookDocument.Parse(Old).ToJson());
        Assert.Contains("\"nbformat_minor\": 5", document.ToJson());
    }

    [Theory]
    [InlineData("{\"cells\": [\n  {]\n}", "line 2, column 4")]
    [InlineData("", "bad JSON")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"a\": 1, \"a\": 2}", "bad JSON")]
    [InlineData("{\"cells\": []}", "no \"nbformat\"")]
    [InlineData("{\"nbformat\": 3, \"nbformat_minor\": 0, \"worksheets\": []}", "nbformat 3.0")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "nbformat 5.0")]
    [InlineData("{\"nbformat\": \"4\", \"cells\": []}", "no \"nbformat\"")]
    [InlineData("{\"nbformat\": 4}", "no \"cells\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": {}}", "no \"cells\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 (cells[0])")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": \"\"}, {\"source\": \"\"}]}", "cell 2 (cells[1]): has no \"cell_type\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"\"}]}", "\"heading\" is unknown")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}", "\"source\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": [1]}]}", "\"source\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": 3}]}", "\"outputs\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"execution_count\": \"x\"}]}", "\"execution_count\"")]
    [InlineData("{\"nbformat\": 4, \"metadata\": [], \"cells\": []}", "\"metadata\"")]
    public void A_broken_file_is_explained_in_one_line(string text, string expected)
    {
        var path = Path.Combine(folder, "broken.ipynb");
        File.WriteAllText(path, text);

        var exception = Assert.Throws<NotebookException>(() => NotebookDocument.Load(path));

        Assert.StartsWith(path + ": ", exception.Message);
        Assert.Contains(expected, exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_missing_file_is_explained()
    {
        var exception = Assert.Throws<NotebookException>(() => NotebookDocument.Load(Path.Combine(folder, "nosuch.ipynb")));

        Assert.Contains("nosuch.ipynb", exception.Message);
    }

    [Fact]
    public void Saving_replaces_the_file_whole_and_leaves_nothing_else()
    {
        var path = Path.Combine(folder, "new", "a.ipynb");
        var document = new NotebookDocument();
        document.Cells.Add(new Cell(CellKind.Code, "1"));
        document.Save(path);
        document.Cells.Add(new Cell(CellKind.Markdown, "two"));
        document.Save(path);

        Assert.Equal(["1", "two"], NotebookDocument.Load(path).Cells.Select(cell => cell.Source));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(path, document.Path);
    }

    [Fact]
    public void A_save_that_fails_keeps_the_old_file()
    {
        var path = Path.Combine(folder, "a.ipynb");
        File.WriteAllText(path, "old");
        var document = new NotebookDocument();
        document.Metadata["bad"] = JsonValue.Create(double.NaN);

        Assert.ThrowsAny<Exception>(() => document.Save(path));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Clearing_touches_code_cells_only()
    {
        var document = NotebookDocument.Parse(Rich);
        foreach (var cell in document.Cells)
        {
            cell.ClearOutputs();
        }

        Assert.Empty(document.Cells[1].Outputs);
        Assert.Null(document.Cells[1].ExecutionCount);
        Assert.Null(document.Cells[0].Json["outputs"]);
        Assert.Throws<InvalidOperationException>(() => document.Cells[0].Outputs);
    }
}
