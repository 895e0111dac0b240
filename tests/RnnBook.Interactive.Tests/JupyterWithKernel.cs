using System.ComponentModel;
using System.Threading.Channels;
using RnnBook.Notebook;

namespace RnnBook.Interactive.Tests;

/// <summary>
/// The machine's Jupyter with the real kernel, set up as the README tells a reader to, into a folder of its own. A notebook may ask for
/// packages; those of the book come from a folder that stands for a package source.
/// </summary>
public sealed class JupyterWithKernel : IAsyncLifetime
{
    private const int SecondsForOneCell = 600;

    private static readonly string[] Pythons = ["/usr/bin/python3", "python3", "python"];

    private readonly Dictionary<string, Lazy<Task<NotebookDocument>>> chapters;

    // Two kernels at a time. Each takes ports of its own: two that start at once would choose the same free one, and one of them dies.
    private readonly Channel<string> freeKernels = Channel.CreateUnbounded<string>();
    private string python = "";
    private string? missing;

    public JupyterWithKernel() => chapters = Repository.Chapters.ToDictionary(
        name => name, name => new Lazy<Task<NotebookDocument>>(() => RunAsync(Path.Combine(Repository.Notebooks, name + ".ipynb"))));

    /// <summary>A folder outside the clone.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("rnnbook-kernel-").FullName;

    public async Task InitializeAsync()
    {
        python = await FindPythonAsync() ?? "";
        if (python.Length == 0)
        {
            missing = $"There is no Jupyter: none of {string.Join(", ", Pythons)} has nbconvert, nbclient and jupyter_client.";
            return;
        }

        var restored = await Repository.RunAsync("dotnet", ["tool", "restore"]);
        Assert.True(restored.ExitCode == 0, restored.ToString());
        var firstPort = 10_000 + (100 * (Environment.ProcessId % 400));
        for (var kernel = 0; kernel < 2; kernel++)
        {
            var data = Path.Combine(Folder, $"jupyter-{kernel}");
            var specifications = Directory.CreateDirectory(Path.Combine(data, "kernels")).FullName;
            var ports = $"{firstPort + (50 * kernel)}-{firstPort + (50 * kernel) + 49}";
            var installed = await Repository.RunAsync(
                "dotnet", ["interactive", "jupyter", "install", "--path", specifications, "--http-port-range", ports]);
            Assert.True(File.Exists(Path.Combine(specifications, ".net-csharp", "kernel.json")), installed.ToString());
            freeKernels.Writer.TryWrite(data);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Skips the calling test where there is no Jupyter.</summary>
    internal void Need() => Skip.If(missing is not null, missing);

    /// <summary>A chapter with the outputs that the kernel gave it. While one is waited for, the next one runs, too.</summary>
    internal async Task<NotebookDocument> ChapterAsync(string name)
    {
        var own = chapters[name].Value;
        if (Repository.Chapters.SkipWhile(other => other != name).Skip(1).FirstOrDefault() is { } next)
        {
            _ = chapters[next].Value;
        }

        return await own;
    }

    /// <summary>Runs a notebook through nbconvert, in the notebook's own folder; a failing cell does not stop it.</summary>
    internal async Task<NotebookDocument> RunAsync(string notebook, IReadOnlyDictionary<string, string>? environment = null)
    {
        var data = await freeKernels.Reader.ReadAsync();
        try
        {
            var output = Path.Combine(Folder, "executed");
            var result = await ConvertAsync();
            for (var i = 0; i < 2 && result.ToString().Contains("AddressAlreadyInUse", StringComparison.Ordinal); i++)
            {
                // Jupyter chooses ports that are free; by the time the kernel takes them, another kernel on this machine may have.
                result = await ConvertAsync();
            }

            Assert.True(result.ExitCode == 0, result.ToString());
            return NotebookDocument.Load(Path.Combine(output, Path.GetFileName(notebook)));

            Task<Ended> ConvertAsync() => Repository.RunAsync(
                python,
                [
                    "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--ExecutePreprocessor.kernel_name=.net-csharp",
                    $"--ExecutePreprocessor.timeout={SecondsForOneCell}", "--output-dir", output, notebook,
                ],
                Path.GetDirectoryName(notebook),
                new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
                {
                    ["JUPYTER_PATH"] = data,
                    ["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder, "runtime"),
                    ["JUPYTER_CONFIG_DIR"] = Path.Combine(Folder, "config"),
                    ["IPYTHONDIR"] = Path.Combine(Folder, "ipython"),
                });
        }
        finally
        {
            freeKernels.Writer.TryWrite(data);
        }
    }

    private static async Task<string?> FindPythonAsync()
    {
        foreach (var candidate in Pythons)
        {
            try
            {
                if ((await Repository.RunAsync(candidate, ["-c", "import nbconvert, nbclient, jupyter_client"])).ExitCode == 0)
                {
                    return candidate;
                }
            }
            catch (Win32Exception)
            {
                // No such program.
            }
        }

        return null;
    }
}

/// <summary>Tests of this collection share the one kernel.</summary>
[CollectionDefinition(Name)]
public sealed class JupyterTests : ICollectionFixture<JupyterWithKernel>
{
    public const string Name = "jupyter with the real kernel";
}
