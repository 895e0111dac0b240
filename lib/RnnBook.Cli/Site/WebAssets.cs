using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using RnnBook.Shared;

namespace RnnBook.Cli;

/// <summary>
/// Where pages find plotly.js, KaTeX and the fonts: beside them, fetched once from npm by lock file; or, where that is not possible, at pinned
/// CDN addresses that the browser checks by hash.
/// </summary>
internal sealed class WebAssets
{
    /// <summary>The files that pages need, as the CDN offers them, with the hash of the file that npm gives.</summary>
    internal static readonly IReadOnlyList<CdnFile> CdnFiles =
    [
        new("plotly.js-dist-min/plotly.min.js", "plotly.js-dist-min@4.1.2/plotly.min.js", "hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8"),
        new("katex/dist/katex.min.js", "katex@0.19.1/dist/katex.min.js", "a1WQdjRj162i159OYq041X6I4K8NenkrI09LlPmiHg0YOb7CR+wJOraXwK9abpnE"),
        new("katex/dist/katex.min.css", "katex@0.19.1/dist/katex.min.css", "WwGtaC6ywCHxA5cstpj/3+xIZvTez8dq2IcBQaXRkenHZ7FVVq1ZROtURwfbtTlG"),
        new("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", "plotly.js-cartesian-dist-min@4.1.1/plotly-cartesian.min.js", "zc4SwKObGL/W0M3RUI09UPWjlgIZHfbwMgcZO6713mRh78tfUmIQKhzCyE2LIiUg"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder;

    private WebAssets(string folder, bool isLocal) => (this.folder, IsLocal) = (folder, isLocal);

    /// <summary>The folder web/ that is built beside this program.</summary>
    public static string OwnFolder => Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Whether the pages work with the network off.</summary>
    public bool IsLocal { get; }

    /// <summary>Fetches the files from npm unless they are there, and says in one line what it does.</summary>
    /// <param name="folder">Holds package.json and package-lock.json; node_modules comes beside them.</param>
    /// <param name="say">Gets each line.</param>
    /// <param name="token">Stops npm.</param>
    /// <param name="npm">The command.</param>
    public static async Task<WebAssets> PrepareAsync(string folder, Action<string> say, CancellationToken token, string npm = "npm")
    {
        var stamp = Path.Combine(folder, "node_modules", ".fetched");
        var wanted = Convert.ToHexStringLower(SHA256.HashData(
            [.. File.ReadAllBytes(Path.Combine(folder, "package-lock.json")), .. File.ReadAllBytes(Path.Combine(folder, "here", "kernels.wat"))]));
        // No other `book` fetches into the same folder meanwhile.
        using var onlyOne = await FileLock.TakeAsync(Path.Combine(folder, ".fetching"), token);
        if (!File.Exists(stamp) || File.ReadAllText(stamp) != wanted)
        {
            say("Fetching plotly.js, KaTeX, CodeMirror and fonts from npm, once (about 10 MB) …");
            if (await FetchAsync(folder, npm, token) is { } problem)
            {
                say($"{problem}: the pages load plotly.js and KaTeX from cdn.jsdelivr.net instead (pinned, hash-checked) and need the network. " +
                    "With Node installed, `book site` makes them work offline.");
                return new WebAssets(folder, isLocal: false);
            }

            AtomicFile.WriteText(stamp, wanted);
        }

        return new WebAssets(folder, isLocal: true);
    }

    /// <summary>Copies what pages need into the site's assets/.</summary>
    public void CopyTo(string target)
    {
        foreach (var own in new[] { "book.js", "figures.js", "guesses.js", "powers.js", "search.js", "theme.js", "icon.svg" })
        {
            AtomicFile.Copy(Path.Combine(folder, own), Path.Combine(target, own));
        }

        AtomicFile.WriteText(Path.Combine(target, "book.css"), File.ReadAllText(Path.Combine(folder, "book.css")) + VerdictBar.StyleSheet);
        if (!IsLocal)
        {
            return;
        }

        var modules = Path.Combine(folder, "node_modules");
        AtomicFile.Copy(Path.Combine(modules, "plotly.js-dist-min", "plotly.min.js"), Path.Combine(target, "plotly.min.js"));
        AtomicFile.Copy(Path.Combine(modules, "minisearch", "dist", "umd", "index.js"), Path.Combine(target, "minisearch.js"));
        AtomicFile.Copy(Path.Combine(modules, "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"), Path.Combine(target, "plotly-cartesian.min.js"));
        AtomicFile.Copy(Path.Combine(modules, "katex", "dist", "katex.min.js"), Path.Combine(target, "katex", "katex.min.js"));
        AtomicFile.Copy(Path.Combine(modules, "katex", "dist", "katex.min.css"), Path.Combine(target, "katex", "katex.min.css"));
        CopyAll(Path.Combine(modules, "katex", "dist", "fonts"), "*.woff2", Path.Combine(target, "katex", "fonts"));
        foreach (var font in Directory.EnumerateDirectories(Path.Combine(modules, "@fontsource-variable")))
        {
            foreach (var script in new[] { "latin", "latin-ext", "greek" })
            {
                CopyAll(Path.Combine(font, "files"), $"*-{script}-wght-*.woff2", Path.Combine(target, "fonts"));
            }

            AtomicFile.Copy(Path.Combine(font, "LICENSE"), Path.Combine(target, "fonts", Path.GetFileName(font) + "-LICENSE.txt"));
        }
    }

    /// <summary>Copies what pages need whose cells can be edited and run in them.</summary>
    public void CopyEditorTo(string target)
    {
        foreach (var part in new[] { "live", "here" })
        {
            CopyAll(Path.Combine(folder, part), "*", Path.Combine(target, part));
        }

        foreach (var (path, file) in IsLocal ? EditorModules.Files(Path.Combine(folder, "node_modules")) : [])
        {
            AtomicFile.Copy(file, Path.Combine(target, "live", "modules", path));
        }
    }

    /// <summary>The tags for a page's head.</summary>
    public string HeadTags(bool withFigures, bool withMath)
    {
        var tags = new List<string>();
        if (withMath)
        {
            tags.Add(IsLocal ? "<link rel=\"stylesheet\" href=\"assets/katex/katex.min.css\">" : Style(CdnFiles[2]));
            // The page is painted with its formulas in view set (book.js): set later, they would move the text.
            tags.Add(IsLocal ? "<script defer blocking=\"render\" src=\"assets/katex/katex.min.js\"></script>" : Script(CdnFiles[1]));
        }

        if (withFigures)
        {
            // Loaded when the first figure comes into view.
            tags.Add(Library("cartesian", "assets/plotly-cartesian.min.js", CdnFiles[3]));
            tags.Add(Library("full", "assets/plotly.min.js", CdnFiles[0]));
            tags.Add("<script defer src=\"assets/figures.js\"></script>");
        }

        return string.Join('\n', tags);

        string Library(string name, string file, CdnFile cdn) => IsLocal
            ? $"<meta name=\"plotly-{name}\" content=\"{file}\">"
            : $"<meta name=\"plotly-{name}\" content=\"{cdn.Address}\" data-integrity=\"{cdn.Integrity}\">";
        static string Script(CdnFile file) =>
            $"<script defer src=\"{file.Address}\" integrity=\"{file.Integrity}\" crossorigin=\"anonymous\"></script>";
        static string Style(CdnFile file) =>
            $"<link rel=\"stylesheet\" href=\"{file.Address}\" integrity=\"{file.Integrity}\" crossorigin=\"anonymous\">";
    }

    private static void CopyAll(string source, string pattern, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, pattern))
        {
            AtomicFile.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    /// <summary>Fetches the packages and builds what is made of sources here.</summary>
    /// <returns>What went wrong, null when nothing did.</returns>
    private static async Task<string?> FetchAsync(string folder, string npm, CancellationToken token) =>
        await RunAsync(folder, npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"], token)
        ?? await RunAsync(folder, npm, ["run", "build", "--silent"], token);

    private static async Task<string?> RunAsync(string folder, string npm, string[] arguments, CancellationToken token)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? npm + ".cmd" : npm, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return "npm is not installed";
        }

        using (process)
        {
            process.StandardInput.Close();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Patience);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var errors = await process.StandardError.ReadToEndAsync(limit.Token);
                await output;
                await process.WaitForExitAsync(limit.Token);
                var first = errors.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? $"exit code {process.ExitCode}";
                return process.ExitCode == 0 ? null : $"npm could not fetch the packages ({first})";
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                token.ThrowIfCancellationRequested();
                return $"npm did not finish within {Patience.TotalMinutes:0} minutes";
            }
        }
    }

    /// <summary>A file on the CDN.</summary>
    /// <param name="Module">The same file in node_modules.</param>
    /// <param name="Path">Package, version and path.</param>
    /// <param name="Hash">SHA-384 in base 64.</param>
    internal sealed record CdnFile(string Module, string Path, string Hash)
    {
        public string Address => ContentPolicy.Network + Path;

        public string Integrity => "sha384-" + Hash;
    }
}
