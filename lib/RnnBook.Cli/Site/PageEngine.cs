using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>
/// The engine that runs cells within a page, as WebAssembly: lib/RnnBook.Browser, published on demand, since it takes minutes and packs that
/// nothing else needs. What was published from other sources than the present ones counts as not there.
/// </summary>
internal sealed partial class PageEngine
{
    /// <summary>The editor's modules, by addresses that hold wherever the site lies.</summary>
    public static readonly string ImportMap = EditorModules.ImportMap("./assets/live/modules/");

    private const string Script = "assets/here/here.js";

    private static readonly string[] SourceFolders =
    [
        "Shared", "RnnBook", "RnnBook.Browser", "RnnBook.Claims", "RnnBook.Exercises", "RnnBook.Figures", "RnnBook.Notebook", "RnnBook.Studies", "RnnBook.Tasks",
        Path.Combine("RnnBook.Cli", "Serving"), Path.Combine("RnnBook.Cli", "Site"),
    ];

    private readonly BookFolder book;
    private readonly IReadOnlyList<string> files;

    private PageEngine(BookFolder book)
    {
        this.book = book;
        files = [.. Directory.EnumerateFiles(Runtime(book))];
    }

    /// <summary>What a browser fetches before the first cell runs, from a server that sends what lies beside the files compressed.</summary>
    public double Megabytes => files.Where(file => !CompressedFiles.Is(file))
        .Sum(file => new FileInfo(File.Exists(file + ".br") ? file + ".br" : file).Length) / 1e6;

    /// <summary>For the head of a page whose cells run in it.</summary>
    public string HeadTags => $"""
        <script type="importmap">{ImportMap}</script>
        <link rel="stylesheet" href="assets/live/live.css">
        <link rel="stylesheet" href="assets/here/here.css">
        <script defer src="{Script}" data-megabytes="{Megabytes:0}"></script>
        """;

    /// <summary>Whether a page's head has the engine's tags.</summary>
    public static bool IsIn(string headTags) => headTags.Contains(Script, StringComparison.Ordinal);

    /// <summary>The page without them, for the live book, whose cells run elsewhere.</summary>
    public static string WithoutTags(string html) => Tags().Replace(html, "", 1);

    /// <summary>The engine, null where none was published from the present sources.</summary>
    public static PageEngine? Find(BookFolder book) =>
        File.Exists(Stamp(book)) && File.ReadAllText(Stamp(book)) == Fingerprint(book) && Directory.Exists(Runtime(book)) ? new PageEngine(book) : null;

    /// <summary>Takes the engine out of the site's assets/.</summary>
    public static void RemoveFrom(string assets) => Delete(Path.Combine(assets, "engine"));

    /// <summary>Publishes the engine unless it is there.</summary>
    /// <param name="book">The book with its sources.</param>
    /// <param name="say">Gets a line when it begins.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public static async Task<string?> PublishAsync(BookFolder book, Action<string> say, CancellationToken token)
    {
        var project = Path.Combine(book.Root, "lib", "RnnBook.Browser");
        if (Find(book) is not null)
        {
            return null;
        }

        if (!Directory.Exists(project))
        {
            return "its sources are not here.";
        }

        say("Building the engine that runs cells in the pages, once (a few minutes; the first time NuGet fetches about 30 MB) …");
        Delete(Folder(book));
        // The trimmer does not notice when what it is told has changed.
        Delete(Path.Combine(book.Root, "artifacts", "obj", "RnnBook.Browser", "release", "linked"));
        var fingerprint = Fingerprint(book);
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "--nologo", "-v", "q"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var ending = token.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await errors;
            await process.WaitForExitAsync(CancellationToken.None);
            token.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
            {
                var first = output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? $"exit code {process.ExitCode}";
                return $"`dotnet publish` failed. {first.Trim()}";
            }
        }
        catch (Win32Exception)
        {
            return "there is no `dotnet` to build it with.";
        }

        AtomicFile.WriteText(Stamp(book), fingerprint);
        return null;
    }

    /// <summary>Copies it into the site's assets/, with the data that cells read and the notebooks to take away.</summary>
    public void CopyTo(string target)
    {
        var engine = Path.Combine(target, "engine");
        var wanted = new HashSet<string>();
        foreach (var file in files)
        {
            Copy(file, Path.GetFileName(file));
        }

        var notebooks = Directory.EnumerateFiles(book.Notebooks, "*.ipynb").ToList();
        var named = notebooks.SelectMany(file => BookFile().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);
        foreach (var path in named.Concat(book.Results.Select(file => $"data/results/{Path.GetFileName(file)}")).Distinct())
        {
            if (File.Exists(Path.Combine(book.Root, path)))
            {
                Copy(Path.Combine(book.Root, path), path);
            }
        }

        var documentation = Path.Combine(engine, "documentation.json");
        LibraryDocumentation.Write(book.Libraries, documentation);
        wanted.Add(documentation);
        foreach (var file in notebooks)
        {
            AtomicFile.Copy(file, Path.Combine(target, "notebooks", Path.GetFileName(file)));
        }

        CompressedFiles.Keep(engine, wanted);

        void Copy(string source, string path)
        {
            var file = Path.GetFullPath(Path.Combine(engine, path));
            AtomicFile.Copy(source, file);
            wanted.Add(file);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Folder(BookFolder book) => Path.Combine(book.Root, "artifacts", "publish", "RnnBook.Browser");

    private static string Runtime(BookFolder book) => Path.Combine(Folder(book), "release", "wwwroot", "_framework");

    private static string Stamp(BookFolder book) => Path.Combine(Folder(book), "sources");

    /// <summary>Of all that it is built from.</summary>
    private static string Fingerprint(BookFolder book)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sources = SourceFolders.Select(folder => new DirectoryInfo(Path.Combine(book.Root, "lib", folder)))
            .SelectMany(folder => folder.EnumerateFiles("*.cs", SearchOption.AllDirectories).Concat(folder.EnumerateFiles("*.csproj").Concat(folder.EnumerateFiles("*.xml"))));
        foreach (var file in sources.Concat(new DirectoryInfo(book.Root).EnumerateFiles("Directory.*.props")).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(book.Root, file.FullName)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file.FullName)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()[..12]);
    }

    /// <summary>How a cell's code names a file of the book (engine.js reads it the same way).</summary>
    [GeneratedRegex(@"\.\./((?:data|tests)/[\w./-]+\.\w+)")]
    private static partial Regex BookFile();

    [GeneratedRegex("<script type=\"importmap\">.*?assets/here/here.js\"[^>]*></script>\n?", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
