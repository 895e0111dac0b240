using System.Diagnostics;
using System.Text;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>
/// The kernel, installed by `book jupyter install` into a folder of its own, and the machine's Jupyter that finds it there. Its tests run
/// alone: they wait for answers, and chapters measure time.
/// </summary>
public sealed class InstalledKernel : IAsyncLifetime
{
    private const string NeededModules = "import nbconvert, nbclient, jupyter_kernel_test";

    /// <summary>Why there is no Jupyter to test with, null when there is.</summary>
    public string? Missing { get; private set; }

    /// <summary>A folder for whatever a test writes.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("rnnbook-jupyter-").FullName;

    internal BookResult Installation { get; private set; } = null!;

    /// <summary>The folder with kernel.json.</summary>
    public string Spec => Path.Combine(Folder, "share", "jupyter", "kernels", "rnnbook");

    private string Python { get; set; } = "";

    public async Task InitializeAsync()
    {
        try
        {
            Python = Cli.Python.Find(null).ToString();
        }
        catch (BookException exception)
        {
            Missing = exception.Message;
            return;
        }

        if ((await RunPythonAsync("-c", NeededModules)).ExitCode != 0)
        {
            Missing = $"{Python} has not all of nbconvert, nbclient, jupyter_kernel_test.";
            return;
        }

        Installation = await BookProcess.RunAsync(Folder, "jupyter", "install", "--prefix", Folder);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Skips the calling test where there is no Jupyter.</summary>
    public void Need() => Skip.If(Missing is not null, Missing);

    /// <summary>Runs a notebook in Jupyter with the installed kernel.</summary>
    /// <param name="notebook">Its file.</param>
    /// <param name="how">Where the notebook with its outputs goes, and other arguments of nbconvert.</param>
    internal Task<BookResult> ExecuteAsync(string notebook, params string[] how) =>
        RunPythonAsync(["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=rnnbook", .. how, notebook]);

    /// <summary>Runs Jupyter's Python, which sees the installed kernel.</summary>
    internal async Task<BookResult> RunPythonAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["JUPYTER_PATH"] = Path.Combine(Folder, "share", "jupyter");
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder, "runtime");
        start.Environment["JUPYTER_CONFIG_DIR"] = Path.Combine(Folder, "config");
        start.Environment["IPYTHONDIR"] = Path.Combine(Folder, "ipython");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new BookResult(process.ExitCode, await output, await errors);
    }
}

/// <summary>Tests of this collection share the one installation and run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JupyterTests : ICollectionFixture<InstalledKernel>
{
    public const string Name = "jupyter";
}
