using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>Scripts and fonts: from npm by lock file, else from pinned addresses.</summary>
public sealed class WebAssetsTests(WholeBook book) : IClassFixture<WholeBook>
{
    private static string Web => Path.Combine(Path.GetDirectoryName(BookProcess.Program)!, "web");

    [SkippableFact]
    public void The_hashes_of_the_cdn_files_are_those_of_the_files_from_npm()
    {
        Assert.NotNull(book.Result);
        Skip.IfNot(Directory.Exists(Path.Combine(Web, "node_modules", "katex")), "the files from npm are missing: Node is not installed, or npm could not fetch");
        foreach (var file in WebAssets.CdnFiles)
        {
            var hash = Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(Path.Combine(Web, "node_modules", file.Module))));
            Assert.Equal("sha384-" + hash, file.Integrity);
        }
    }

    [Fact]
    public void Addresses_and_package_json_name_the_same_exact_versions()
    {
        var packages = JsonNode.Parse(File.ReadAllText(Path.Combine(Web, "package.json")))!["dependencies"]!.AsObject();
        Assert.All(packages, package => Assert.Matches(@"^\d+\.\d+\.\d+$", (string)package.Value!));
        Assert.All(WebAssets.CdnFiles, file => Assert.Contains(packages, package => file.Path.StartsWith($"{package.Key}@{package.Value}/", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_lock_file_names_hashes_and_no_registry()
    {
        var packages = JsonNode.Parse(File.ReadAllText(Path.Combine(Web, "package-lock.json")))!["packages"]!.AsObject();
        Assert.All(packages.Where(package => package.Key.Length > 0), package =>
        {
            Assert.StartsWith("sha512-", (string?)package.Value!["integrity"], StringComparison.Ordinal);
            Assert.Null(package.Value["resolved"]);
        });
        Assert.Equal("omit-lockfile-registry-resolved=true", File.ReadAllText(Path.Combine(Web, ".npmrc")).Trim());
    }

    [Fact]
    public async Task Without_npm_pages_use_pinned_addresses_with_hashes_and_the_command_says_so()
    {
        var folder = Directory.CreateTempSubdirectory("rnnbook-web-").FullName;
        foreach (var file in Directory.EnumerateFiles(Web).Where(file => !file.EndsWith(".fetching", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(Web, "here", "kernels.wat"), Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "here")).FullName, "kernels.wat"));
        var lines = new List<string>();
        var assets = await WebAssets.PrepareAsync(folder, lines.Add, CancellationToken.None, npm: "no-such-npm");
        var site = Path.Combine(folder, "site");
        assets.CopyTo(site);
        var tags = new HtmlParser().ParseDocument(assets.HeadTags(withFigures: true, withMath: true)).QuerySelectorAll("script:not([src^='assets/']), link, meta");

        Assert.False(assets.IsLocal);
        Assert.Contains("npm is not installed", lines[^1], StringComparison.Ordinal);
        Assert.Contains("need the network", lines[^1], StringComparison.Ordinal);
        Assert.Equal(4, tags.Length);
        Assert.All(tags, tag =>
        {
            // plotly.js is named in the head and loaded with the first figure that comes into view.
            var isNamed = tag.LocalName == "meta";
            Assert.StartsWith("https://cdn.jsdelivr.net/npm/", tag.GetAttribute("src") ?? tag.GetAttribute("href") ?? tag.GetAttribute("content"), StringComparison.Ordinal);
            Assert.StartsWith("sha384-", tag.GetAttribute(isNamed ? "data-integrity" : "integrity"), StringComparison.Ordinal);
            Assert.Equal(isNamed ? null : "anonymous", tag.GetAttribute("crossorigin"));
        });
        Assert.True(File.Exists(Path.Combine(site, "book.css")));
        Directory.Delete(folder, recursive: true);
    }
}
