using System.Text;
using System.Text.Json;

namespace RnnBook;

/// <summary>Texts to learn letter by letter.</summary>
public static class TextCorpus
{
    /// <summary>Whether Tiny Shakespeare is present, in the book's data/ or in the folder that RNNBOOK_DATA names.</summary>
    public static bool HasTinyShakespeare => Dataset.Of("tinyshakespeare").IsPresent;

    /// <summary>
    /// The book itself: the prose of its chapters and README, then its sources. Always there, and a text with structure on many scales:
    /// words, brackets, quotation marks, lines, indentation. It grows with the book; a commit names a text.
    /// </summary>
    /// <exception cref="FileNotFoundException">Neither above the working directory nor above the program is there a book.</exception>
    public static string Book()
    {
        var root = DataFolder.BookRoot ?? throw new FileNotFoundException(
            $"No book here: neither {Directory.GetCurrentDirectory()} nor a folder above it has data/claims.json, beside which the text is gathered.");
        var text = new StringBuilder();
        foreach (var file in Files(root, "notebooks", "*.ipynb"))
        {
            AppendProse(text, File.ReadAllText(file));
        }

        foreach (var file in Files(root, "lib", "*.cs").Prepend(Path.Combine(root, "README.md")).Where(File.Exists))
        {
            text.Append(File.ReadAllText(file)).Append('\n');
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    /// <summary>Tiny Shakespeare, where it is present.</summary>
    /// <exception cref="FileNotFoundException">It is not.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is another one of the same name.</exception>
    public static string TinyShakespeare() => Encoding.UTF8.GetString(Dataset.Of("tinyshakespeare").Read(0));

    /// <summary>
    /// 200,000 letters of this library's C# sources as they stood on 28 November 2026, frozen: what is learned from them does not change with the
    /// code. (The last letters of <see cref="Book"/> of that day; data/csharp-sources.txt.)
    /// </summary>
    public static string Sources { get; } = ReadSources();

    private static string ReadSources()
    {
        using var reader = new StreamReader(typeof(TextCorpus).Assembly.GetManifestResourceStream("csharp-sources.txt")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Files(string root, string folder, string pattern)
    {
        var path = Path.Combine(root, folder);
        return !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal);
    }

    private static void AppendProse(StringBuilder text, string notebook)
    {
        using var document = JsonDocument.Parse(notebook);
        foreach (var cell in document.RootElement.GetProperty("cells").EnumerateArray())
        {
            if (cell.GetProperty("cell_type").GetString() == "markdown")
            {
                var source = cell.GetProperty("source");
                var lines = source.ValueKind == JsonValueKind.Array ? source.EnumerateArray().Select(line => line.GetString()) : [source.GetString()];
                text.AppendJoin("", lines).Append("\n\n");
            }
        }
    }
}
