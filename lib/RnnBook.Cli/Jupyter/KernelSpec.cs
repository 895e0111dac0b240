using System.Text.Json;
using System.Text.Json.Nodes;
using RnnBook.Notebook;

namespace RnnBook.Cli;

/// <summary>Where the kernel is installed, as Jupyter says.</summary>
/// <param name="Folder">The folder with kernel.json.</param>
/// <param name="DisplayName">The name in menus.</param>
/// <param name="Argv">How Jupyter starts it.</param>
/// <param name="IsSeen">Whether Jupyter looks for kernels there.</param>
internal sealed record KernelSpec(string Folder, string DisplayName, IReadOnlyList<string> Argv, bool IsSeen)
{
    /// <summary>The name for <c>--kernel</c> and for notebooks' metadata.</summary>
    public const string Name = "rnnbook";

    private const string Script = "kernelspecs.py";

    /// <summary>The files that must exist for it to start: Python, the kernel, `dotnet`, the engine. Those that do not.</summary>
    public IEnumerable<string> Missing => Argv.Where(word => Path.IsPathRooted(word) && !File.Exists(word));

    /// <summary>Installs it.</summary>
    /// <param name="python">The Python that runs it.</param>
    /// <param name="prefix">A folder, or <c>sys</c> for Python's own; null for the user's.</param>
    public static KernelSpec Install(Python python, string? prefix)
    {
        var source = Directory.CreateTempSubdirectory("rnnbook-kernel-").FullName;
        try
        {
            var spec = new JsonObject
            {
                // Without the option Python's debugger, which nobody asked for, complains at every start.
                ["argv"] = new JsonArray([python.ToString(), "-Xfrozen_modules=off", "{resource_dir}/kernel.py", .. CellEngine.Command, "-f", "{connection_file}"]),
                ["display_name"] = "C# (RnnBook)",
                ["language"] = "C#",
                ["interrupt_mode"] = "message",
            };
            File.WriteAllText(Path.Combine(source, "kernel.json"), spec.ToJsonString());
            foreach (var file in (string[])["kernel.py", "rnnbook_engine.py"])
            {
                File.WriteAllText(Path.Combine(source, file), Python.Resource(file));
            }

            return Read(python.Run(Script, ["install", Name, source, .. prefix is null ? Array.Empty<string>() : [prefix]])).Single();
        }
        finally
        {
            Directory.Delete(source, recursive: true);
        }
    }

    /// <summary>All that Jupyter sees, the one that counts first.</summary>
    public static IReadOnlyList<KernelSpec> List(Python python) => Read(python.Run(Script, "list", Name));

    /// <summary>Removes all that Jupyter sees and returns them.</summary>
    public static IReadOnlyList<KernelSpec> Uninstall(Python python) => Read(python.Run(Script, "uninstall", Name));

    private static KernelSpec[] Read(IReadOnlyList<string> lines) =>
        [.. lines.Select(line => JsonSerializer.Deserialize<KernelSpec>(line, JsonSerializerOptions.Web)!)];
}
