using System.Diagnostics;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>A book of a few cells in a folder of its own, with the real program and the real libraries.</summary>
internal sealed class TinyBook : IDisposable
{
    public TinyBook()
    {
        Directory.CreateDirectory(Notebooks);
        Directory.CreateDirectory(Path.Combine(Root, "data"));
        WriteClaims();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    public string Notebooks => Path.Combine(Root, "notebooks");

    public string Site => Path.Combine(Root, "artifacts", "site");

    /// <summary>The lines with which a cell of any chapter reaches the libraries and the claims.</summary>
    public static string Libraries { get; } = $"""
        #r "{Path.Combine(Path.GetDirectoryName(BookProcess.Program)!, "RnnBook.dll")}"
        #r "{Path.Combine(Path.GetDirectoryName(BookProcess.Program)!, "RnnBook.Claims.dll")}"
        #r "{Path.Combine(Path.GetDirectoryName(BookProcess.Program)!, "RnnBook.Figures.dll")}"
        using RnnBook;
        using RnnBook.Figures;
        var claims = ClaimBook.Load("../data/claims.json");
        """;

    /// <summary>Writes a chapter: its first cell is prose, the others are code, with ids cell-2, cell-3, …</summary>
    public TinyBook Chapter(string name, params string[] code)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new Cell(CellKind.Markdown, $"# {name}\n\nProse with $x^2$.\n\n## A section"));
        foreach (var (index, source) in code.Index())
        {
            var cell = new Cell(CellKind.Code, source);
            cell.Json["id"] = $"cell-{index + 2}";
            notebook.Cells.Add(cell);
        }

        notebook.Save(Path.Combine(Notebooks, name + ".ipynb"));
        return this;
    }

    public void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(Notebooks, name), text);

    /// <summary>A claim that is reproduced when the median of "value" is at least 1.</summary>
    public static JsonObject Claim(string id, string? chapter, string? recorded) => new()
    {
        ["id"] = id,
        ["source"] = "A §1",
        ["kind"] = "exp",
        ["claim"] = $"Claim {id}, with <b>no</b> markup.",
        ["chapter"] = chapter,
        ["criteria"] = new JsonArray(new JsonObject
        {
            ["name"] = "value",
            ["for"] = "stated",
            ["is"] = ">=",
            ["threshold"] = 1,
            ["text"] = "a number",
        }),
        ["recorded"] = recorded,
    };

    public TinyBook WriteClaims(params JsonObject[] rows)
    {
        System.IO.File.WriteAllText(Path.Combine(Root, "data", "claims.json"), new JsonArray([.. rows]).ToJsonString());
        return this;
    }

    /// <summary>Processes that still work in this book's folder.</summary>
    public IReadOnlyList<string> Orphans() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Where(folder => WorkingDirectory(folder)?.StartsWith(Root, StringComparison.Ordinal) == true)
            .Select(folder => $"{Path.GetFileName(folder)} {NameOf(folder)}"),
    ];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string? WorkingDirectory(string process)
    {
        try
        {
            return System.IO.File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            using var found = Process.GetProcessById(int.Parse(Path.GetFileName(process)));
            return found.ProcessName;
        }
        catch (ArgumentException)
        {
            return "ended";
        }
    }
}
