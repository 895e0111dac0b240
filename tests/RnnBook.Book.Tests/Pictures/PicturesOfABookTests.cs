using System.Text.Json.Nodes;
using System.Xml.Linq;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Pictures in what `book run` and `book site` write.</summary>
public sealed class PicturesOfABookTests
{
    private const string Svg = "image/svg+xml";

    private const string Line = "var f = new Figure(\"Squares\"); f.Line(new[] { 1.0, 2, 3 }, new[] { 1.0, 4, 9 }, \"n²\"); f";

    [Fact]
    public async Task They_stand_in_executed_notebooks_and_beside_the_pages_and_go_with_their_figures()
    {
        using var book = new TinyBook().Chapter("00-a figure", TinyBook.Libraries, Line).Chapter("01-words", "1");
        await RunAsync("run");
        var executed = NotebookDocument.Load(Path.Combine(book.Root, "artifacts", "notebooks", "00-a figure.ipynb"));
        var picture = CellOutput.Text(Assert.Single(executed.Cells[2].Outputs), Svg);
        Assert.Equal("svg", XElement.Parse(picture!).Name.LocalName);
        var file = Assert.Single(Pictures());
        Assert.Equal(picture, await File.ReadAllTextAsync(file));
        var page = await File.ReadAllTextAsync(Path.Combine(book.Site, "00-a figure.html"));
        Assert.Contains("<img class=\"picture\" src=\"assets/pictures/00-a%20figure/cell-3-0.svg\" alt=\"\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Svg, await File.ReadAllTextAsync(Path.Combine(book.Notebooks, "00-a figure.ipynb")), StringComparison.Ordinal);

        var written = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file + ".br", "packed");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "cell-9-0.svg.gz"), "left over");
        await RunAsync("site", "--no-browser");
        Assert.Equal([file], Pictures());
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));

        book.Chapter("00-a figure", "1");
        await RunAsync("run", "00");
        Assert.Empty(Pictures());

        IEnumerable<string> Pictures() => Directory.EnumerateFiles(Path.Combine(book.Site, "assets", "pictures"), "*", SearchOption.AllDirectories);
        async Task RunAsync(params string[] arguments)
        {
            var result = await BookProcess.RunAsync(book.Root, arguments);
            Assert.True(result.ExitCode == 0, result.ToString());
        }
    }
}

/// <summary>Every figure of the book, as it was last run.</summary>
public sealed class PicturesOfTheBookTests(WholeBook book) : IClassFixture<WholeBook>
{
    [Fact]
    public void Every_figure_on_two_axes_has_a_small_whole_picture()
    {
        Assert.NotNull(book.Result);
        var figures = WholeBook.Chapters.SelectMany(chapter => NotebookDocument.Load(Path.Combine(WholeBook.Folder.Executed, chapter.Name + ".ipynb")).Cells
            .Where(cell => cell.Kind == CellKind.Code).SelectMany(cell => cell.Outputs.Select(output => (Place: $"{chapter.Name} {cell.Id}", Output: output)))
            .Where(at => CellOutput.Json(at.Output, OutputHtml.Plotly) is not null)).ToList();
        Assert.True(figures.Count > 100, $"{figures.Count} figures");
        foreach (var (place, output) in figures)
        {
            var figure = (JsonObject)CellOutput.Json(output, OutputHtml.Plotly)!;
            var kinds = figure["data"]!.AsArray().Select(trace => (string?)trace!["type"]).ToList();
            var picture = CellOutput.Text(output, "image/svg+xml");
            Assert.True(picture is not null || !kinds.All(kind => kind is "scatter" or "bar" or "heatmap"), $"{place} has no picture");
            Assert.True(picture is null || picture == FigurePicture.Draw(figure), $"{place}: another picture");
            Assert.True(picture is null || (picture.Length < 80_000 && XElement.Parse(picture).Descendants().Count() > 10), $"{place}: {picture?.Length} characters");
        }
    }
}
