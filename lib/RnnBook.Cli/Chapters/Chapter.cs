namespace RnnBook.Cli;

/// <summary>A notebook of the book, known by its file name.</summary>
/// <param name="File">The .ipynb file.</param>
internal sealed record Chapter(string File)
{
    private static readonly HashSet<string> OwnPages = new(["index", "ledger", "glossary", "errata"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The file name without ending: <c>09-start-from-the-identity</c>.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(File);

    /// <summary>The leading digits, <c>07</c>; the whole name where there are none.</summary>
    public string Number => Name.TakeWhile(char.IsAsciiDigit).Count() is > 0 and var digits ? Name[..digits] : Name;

    /// <summary>The page's file name; a notebook that is called like one of the book's own pages gets another.</summary>
    public string Page => (OwnPages.Contains(Name) ? "chapter-" : "") + Name + ".html";

    /// <summary>The page as a link writes it: a name may hold blanks, &amp;, % and #.</summary>
    public string Link => Uri.EscapeDataString(Page);

    /// <summary>Whether a claim's row or a reader means this chapter: by name, by file, by number with or without leading zeros.</summary>
    public bool IsCalled(string text)
    {
        var name = text.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(text) : text;
        return name.Equals(Name, StringComparison.OrdinalIgnoreCase)
            || (int.TryParse(name, out var asked) && int.TryParse(Number, out var own) && asked == own);
    }

    public override string ToString() => Name;
}
