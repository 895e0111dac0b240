using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnBook.Notebook;

/// <summary>
/// Packages and their dependencies, restored by the SDK itself: a project that refers to them is generated and restored once, its answer is
/// kept, and the machine's own package sources are asked.
/// </summary>
/// <param name="Assemblies">The files to reference.</param>
/// <param name="NativeFolders">Where native libraries lie.</param>
internal sealed partial record NuGetPackages(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders)
{
    private static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(5);

    /// <summary>Restores packages; without the network those that were restored before.</summary>
    /// <exception cref="ReferenceException">A package cannot be had; the message says why.</exception>
    public static NuGetPackages Restore(IReadOnlyList<PackageRequest> requests)
    {
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "rnnbook", "packages");
        var known = Path.Combine(cache, Key(requests) + ".json");
        if (Read(known) is { } packages)
        {
            return packages;
        }

        var folder = Directory.CreateTempSubdirectory("rnnbook-restore-").FullName;
        try
        {
            RunRestore(folder, requests);
            Directory.CreateDirectory(cache);
            File.Move(Path.Combine(folder, "obj", "project.assets.json"), known, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Read(known) ?? throw new ReferenceException($"{NamesOf(requests)} was restored, but its files are not there.");
    }

    private static void WriteProject(string folder, IReadOnlyList<PackageRequest> requests)
    {
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
                new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                new XElement("SelfContained", "false")),
            new XElement("ItemGroup", requests.Select(request =>
                new XElement("PackageReference", new XAttribute("Include", request.Id), new XAttribute("Version", request.Version)))));
        project.Save(Path.Combine(folder, "package.csproj"));

        // Nothing from the folders above may reach in.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }
    }

    private static void RunRestore(string folder, IReadOnlyList<PackageRequest> requests)
    {
        WriteProject(folder, requests);
        var start = new ProcessStartInfo(DotnetHost.Path, ["restore", "--nologo", "-v", "q"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(RestoreTime))
        {
            process.Kill(entireProcessTree: true);
            throw new ReferenceException($"Restoring {NamesOf(requests)} took longer than {RestoreTime.TotalMinutes} minutes.");
        }

        if (process.ExitCode != 0)
        {
            var error = ErrorText().Match(string.Concat(said.GetAwaiter().GetResult()));
            throw new ReferenceException(
                $"{NamesOf(requests)} cannot be restored: {(error.Success ? error.Groups["text"].Value.Trim() : $"exit code {process.ExitCode}")}");
        }
    }

    /// <summary>Reads the restore's answer; null when it is missing, incomplete, or files have gone since.</summary>
    private static NuGetPackages? Read(string assetsPath)
    {
        if (!File.Exists(assetsPath))
        {
            return null;
        }

        var assets = JsonNode.Parse(File.ReadAllText(assetsPath))!;
        var root = assets["packageFolders"]?.AsObject().Select(entry => entry.Key).FirstOrDefault();

        // The target with the runtime identifier has the most exact files.
        var target = assets["targets"]?.AsObject().MaxBy(entry => entry.Key.Length).Value?.AsObject();
        if (root is null || target is null || target.Count == 0)
        {
            return null;
        }

        string[] FilesOf(string kind) =>
        [
            .. from library in target
               let folder = (string?)assets["libraries"]?[library.Key]?["path"]
               from file in library.Value?[kind]?.AsObject() ?? []
               where folder is not null && Path.GetFileName(file.Key) != "_._"
               select Path.Combine(root, folder, file.Key),
        ];

        var managed = FilesOf("runtime").Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).ToArray();
        var native = FilesOf("native");
        return managed.Concat(native).All(File.Exists)
            ? new NuGetPackages(managed, [.. native.Select(file => Path.GetDirectoryName(file)!).Distinct()])
            : null;
    }

    private static string NamesOf(IReadOnlyList<PackageRequest> requests) =>
        $"The package{(requests.Count > 1 ? "s" : "")} {string.Join(", ", requests)}";

    private static string Key(IReadOnlyList<PackageRequest> requests) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{string.Join('|', requests.Select(request => $"{request.Id.ToLowerInvariant()}/{request.Version}").Order(StringComparer.Ordinal))}/{RuntimeInformation.RuntimeIdentifier}/{Environment.Version}")))[..24];

    [GeneratedRegex(@"error (?<text>NU\d+: [^\[\n]*|[A-Z]+\d+: [^\[\n]*)")]
    private static partial Regex ErrorText();
}
