using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnBook.Notebook;

/// <summary>
/// A package and its dependencies, restored by the SDK itself: a project of one reference is generated and restored once, its answer is
/// kept, and the machine's own package sources are asked.
/// </summary>
/// <param name="Assemblies">The files to reference.</param>
/// <param name="NativeFolders">Where native libraries lie.</param>
internal sealed partial record NuGetPackage(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders)
{
    private static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(5);

    /// <summary>Restores a package.</summary>
    /// <param name="reference">What stands behind <c>nuget:</c>: <c>Id, Version</c>; without a version the newest stable one.</param>
    /// <exception cref="ReferenceException">The package cannot be had; the message says why.</exception>
    public static NuGetPackage Restore(string reference)
    {
        var parts = reference.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || !Name().IsMatch(parts[0]) || (parts.Length == 2 && !VersionRange().IsMatch(parts[1])))
        {
            throw new ReferenceException($"'nuget:{reference}' is not understood: write #r \"nuget: Id, Version\".");
        }

        var version = parts.Length == 2 ? parts[1] : "*";
        var cache = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "rnnbook", "packages");
        var known = Path.Combine(cache, Key(parts[0], version) + ".json");
        if (Read(known) is { } package)
        {
            return package;
        }

        var folder = Directory.CreateTempSubdirectory("rnnbook-restore-").FullName;
        try
        {
            RunRestore(folder, parts[0], version);
            Directory.CreateDirectory(cache);
            File.Move(Path.Combine(folder, "obj", "project.assets.json"), known, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Read(known) ?? throw new ReferenceException($"The package {parts[0]} {version} was restored, but its files are not there.");
    }

    private static void WriteProject(string folder, string id, string version)
    {
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
                new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                new XElement("SelfContained", "false")),
            new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", id), new XAttribute("Version", version))));
        project.Save(Path.Combine(folder, "package.csproj"));

        // Nothing from the folders above may reach in.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }
    }

    private static void RunRestore(string folder, string id, string version)
    {
        WriteProject(folder, id, version);
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
            throw new ReferenceException($"Restoring the package {id} {version} took longer than {RestoreTime.TotalMinutes} minutes.");
        }

        if (process.ExitCode != 0)
        {
            var error = ErrorText().Match(string.Concat(said.GetAwaiter().GetResult()));
            throw new ReferenceException(
                $"The package {id} {version} cannot be restored: {(error.Success ? error.Groups["text"].Value.Trim() : $"exit code {process.ExitCode}")}");
        }
    }

    /// <summary>Reads the restore's answer; null when it is missing, incomplete, or files have gone since.</summary>
    private static NuGetPackage? Read(string assetsPath)
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
            ? new NuGetPackage(managed, [.. native.Select(file => Path.GetDirectoryName(file)!).Distinct()])
            : null;
    }

    private static string Key(string id, string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{id.ToLowerInvariant()}/{version}/{RuntimeInformation.RuntimeIdentifier}/{Environment.Version}")))[..24];

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-+*\[\](), ]+$")]
    private static partial Regex VersionRange();

    [GeneratedRegex(@"error (?<text>NU\d+: [^\[\n]*|[A-Z]+\d+: [^\[\n]*)")]
    private static partial Regex ErrorText();
}
