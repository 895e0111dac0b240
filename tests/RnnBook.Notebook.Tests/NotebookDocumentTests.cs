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
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": \"5\", \"cells\": []}", "\"nbformat_minor\" is no whole number")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 5.5, \"cells\": []}", "\"nbformat_minor\" is no whole number")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"execution_count\": 1e300}]}", "\"execution_count\"")]
    [InlineData("{\"nbformat\": 4,\n \"metadata\": {\"loss\": NaN}, \"cells\": []}", "line 2, column 23: bad JSON")]
    [InlineData("{\"nbformat\": 4, \"metadata\": {\"loss\": NaN}, \"cells\": []}", "put null in their place")]
    [InlineData("{\"nbformat\": 4, \"metadata\": {\"loss\": [1, -Infinity]}, \"cells\": []}", "put null in their place")]
    [InlineData("<!DOCTYPE html>\n<html></html>", "looks like a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer")]
    [InlineData("{\n<<<<<<< HEAD\n\"cells\": []\n=======\n", "unresolved Git conflict")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [null]}]}", "output 1: is no JSON object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [{\"output_type\": 5}]}]}", "output 1: has no \"output_type\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [{\"output_type\": \"stream\"}]}]}", "output 1: has no \"name\"")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [{\"output_type\": \"display_data\", \"data\": [1]}]}]}", "\"data\" is no JSON object")]
    public void A_broken_file_is_explained_in_one_line(string text, string expected)
    {
        var path = Path.Combine(folder, "broken.ipynb");
        File.WriteAllText(path, text);

        var exception = Assert.Throws<NotebookException>(() => NotebookDocument.Load(path));

        Assert.StartsWith(path + ": ", exception.Message);
        Assert.Contains(expected, exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("\\ud83d", "\ufffd")]
    [InlineData("\\ude00", "\ufffd")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\ud83d\\ud83d\\ude00 a", "\ufffd😀 a")]
    [InlineData("\\\\ud83d", "\\ud83d")]
    public void Half_a_character_is_read_as_the_replacement_character(string written, string read)
    {
        var document = NotebookDocument.Parse(
            "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[{\"cell_type\":\"code\",\"source\":\"" + written + "\",\"outputs\":" +
            "[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"" + written + "\"}]}]}");

        Assert.Equal(read, document.Cells[0].Source);
        Assert.Equal(read, CellOutput.Text(document.Cells[0].Outputs[0]));
        Assert.Equal(read, NotebookDocument.Parse(document.ToJson()).Cells[0].Source);
    }

    [Fact]
    public void Cells_whose_ids_are_missing_repeated_or_not_allowed_get_ids_of_their_own()
    {
        string[] ids = ["\"a\"", "\"a\"", "\"\"", "\"b c\"", "7", "null", "\"cell-7\"", "\"" + new string('x', 65) + "\""];
        var cells = string.Join(',', ids.Select(id => $$"""{"cell_type":"raw","id":{{id}},"metadata":{},"source":""}"""));
        var document = NotebookDocument.Parse($$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{{cells}}]}""");

        Assert.Equal(["a", "cell-2", "cell-3", "cell-4", "cell-5", "cell-6", "cell-7", "cell-8"], document.Cells.Select(cell => cell.Id));
        Assert.Equal(document.ToJson(), NotebookDocument.Parse(document.ToJson()).ToJson());
    }

    [Fact]
    public void Whole_numbers_may_be_written_with_a_point()
    {
        var document = NotebookDocument.Parse(
            """{"nbformat":4.0,"nbformat_minor":5.0,"metadata":{},"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"","outputs":[],"execution_count":3.0}]}""");

        Assert.Equal(3, document.Cells[0].ExecutionCount);
        Assert.Contains("\"nbformat_minor\": 5,", document.ToJson());
    }

    [Theory]
    [InlineData("""{"kernelspec":{"name":"python3","language":"python"}}""", "python")]
    [InlineData("""{"kernelspec":{"name":"python3"}}""", "python3")]
    [InlineData("""{"language_info":{"name":"julia"}}""", "julia")]
    [InlineData("""{"kernelspec":{"name":".net-fsharp","language":"F#"}}""", "F#")]
    [InlineData("""{"kernelspec":{"name":".net-csharp","language":"C#"}}""", null)]
    [InlineData("""{"kernelspec":{"name":".net-csharp"}}""", null)]
    [InlineData("""{"language_info":{"name":"polyglot-notebook"}}""", null)]
    [InlineData("""{"kernelspec":7,"language_info":[]}""", null)]
    [InlineData("{}", null)]
    public void A_notebook_of_another_language_is_known_by_its_metadata(string metadata, string? language) =>
        Assert.Equal(language, NotebookDocument.Parse($$"""{"nbformat":4,"nbformat_minor":5,"metadata":{{metadata}},"cells":[]}""").ForeignLanguage);

    [Fact]
    public void A_byte_that_is_no_utf_8_is_named_with_its_place()
    {
        var path = Path.Combine(folder, "latin.ipynb");
        File.WriteAllBytes(path, [.. "{\n \"a\": \"caf"u8, 0xe9, .. "\"}"u8]);

        var exception = Assert.Throws<NotebookException>(() => NotebookDocument.Load(path));

        Assert.Contains("line 2, column 11: the byte e9 is no UTF-8", exception.Message);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        var path = Path.Combine(folder, "marked.ipynb");
        File.WriteAllText(path, """{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}""", new System.Text.UTF8Encoding(true));

        Assert.Empty(NotebookDocument.Load(path).Cells);
    }

    [Fact]
    public void A_link_that_leads_to_itself_or_nowhere_and_a_folder_are_explained()
    {
        var (loop, nowhere, directory) = (Path.Combine(folder, "loop.ipynb"), Path.Combine(folder, "nowhere.ipynb"), Path.Combine(folder, "folder.ipynb"));
        File.CreateSymbolicLink(loop, loop);
        File.CreateSymbolicLink(nowhere, "/no/such/file");
        Directory.CreateDirectory(directory);
        foreach (var path in new[] { loop, nowhere, directory })
        {
            var exception = Assert.Throws<NotebookException>(() => NotebookDocument.Load(path));
            Assert.StartsWith($"{path}: cannot be read: ", exception.Message);
            Assert.DoesNotContain('\n', exception.Message);
        }
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
