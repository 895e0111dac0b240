using System.Globalization;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using RnnBook.Notebook;

[assembly: SupportedOSPlatform("browser")]

// The page's worker calls what stands below.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

/// <summary>What the page's worker calls, and what it is called with.</summary>
internal static partial class Page
{
    private static PageSession session = null!;

    /// <summary>Begins a chapter whose notebook lies in a folder of the runtime's own file system.</summary>
    [JSExport]
    public static void Open(string[] cellIds)
    {
        Directory.CreateDirectory("/book/notebooks");
        Directory.SetCurrentDirectory("/book/notebooks");
        session = new PageSession(cellIds, Post);
    }

    /// <summary>Puts a file where cells may read it, by its path in the book.</summary>
    [JSExport]
    public static void AddFile(string path, byte[] content)
    {
        var file = Path.Combine("/book", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    [JSExport]
    public static void Queue(string cell) => session.Queue(cell);

    [JSExport]
    public static void Unqueue(string cell) => session.Unqueue(cell);

    [JSExport]
    public static Task<bool> Run(string cell, string code) => session.RunAsync(cell, code);

    [JSExport]
    public static string Complete(string code, int place) => session.Complete(code, place);

    [JSExport]
    public static string Inspect(string code, int place) => session.Inspect(code, place);

    [JSExport]
    public static string Transcript(string cell) => session.Transcript(cell);

    [JSExport]
    public static string WithOutputs(string notebook) => session.WithOutputs(notebook);

    [JSImport("post", "page")]
    private static partial void Post(string changes);
}
