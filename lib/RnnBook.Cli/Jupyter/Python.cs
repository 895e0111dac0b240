using System.Diagnostics;

namespace RnnBook.Cli;

/// <summary>A Python that has Jupyter's ipykernel.</summary>
internal sealed class Python
{
    private const string Needed = "import ipykernel, jupyter_client, psutil";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string path;

    private Python(string path) => this.path = path;

    /// <summary>Looks for it: the one asked for; else the one that the command `jupyter` uses; else those on the search path.</summary>
    /// <param name="asked">What the user named, null when nothing.</param>
    /// <exception cref="BookException">There is none with ipykernel; the message says what to do.</exception>
    public static Python Find(string? asked)
    {
        if (asked is not null)
        {
            return Has(asked) ? new Python(asked)
                : throw new BookException($"'{asked}' is no Python with ipykernel. Install it there: {asked} -m pip install ipykernel");
        }

        var candidates = JupytersOwn().Concat(OnPath("python3")).Concat(OnPath("python")).Distinct().ToList();
        return candidates.FirstOrDefault(Has) is { } found ? new Python(found)
            : candidates.Count == 0 ? throw new BookException("There is no Python here, and so no Jupyter: install Jupyter first, for instance: pip install notebook")
            : throw new BookException($"No Python here has ipykernel (asked: {string.Join(", ", candidates)}). Install it, for instance: {candidates[0]} -m pip install ipykernel; or name another Python with --python.");
    }

    public override string ToString() => path;

    /// <summary>Runs a script that is embedded in this program.</summary>
    /// <returns>The lines that it printed.</returns>
    /// <exception cref="BookException">It failed; the message is its last line.</exception>
    public IReadOnlyList<string> Run(string script, params string[] arguments)
    {
        var (exitCode, output, errors) = Start(path, ["-c", Resource(script), .. arguments]);
        return exitCode == 0 ? Lines(output) : throw new BookException($"Jupyter refused: {Lines(errors).LastOrDefault($"exit code {exitCode}")}");
    }

    /// <summary>A file that is embedded in this program.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(Python).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Has(string python)
    {
        try
        {
            return Start(python, ["-c", Needed]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The program that the script `jupyter` names in its first line.</summary>
    private static IEnumerable<string> JupytersOwn() => OnPath("jupyter")
        .Select(script => File.ReadLines(script).FirstOrDefault(""))
        .Where(line => line.StartsWith("#!", StringComparison.Ordinal))
        .Select(line => line[2..].Trim()).Where(File.Exists);

    private static IEnumerable<string> OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).Where(File.Exists);

    private static (int ExitCode, string Output, string Errors) Start(string python, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new BookException($"{python} did not answer within {Patience.TotalSeconds:0} seconds.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
