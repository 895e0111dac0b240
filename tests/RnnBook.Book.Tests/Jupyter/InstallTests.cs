using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RnnBook.Book.Tests;

/// <summary>`book jupyter install | list | uninstall`.</summary>
[Collection(JupyterTests.Name)]
public sealed class InstallTests(InstalledKernel kernel)
{
    [SkippableFact]
    public void What_is_installed_says_how_to_start_it()
    {
        kernel.Need();

        Assert.True(kernel.Installation.ExitCode == 0, kernel.Installation.ToString());
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(kernel.Spec, "kernel.json")))!;
        Assert.Equal(("C# (RnnBook)", "C#"), ((string?)spec["display_name"], (string?)spec["language"]));
        Assert.Contains(Path.Combine(kernel.Spec, "kernel.py"), spec["argv"]!.AsArray().Select(word => (string?)word));
        Assert.Contains($"JUPYTER_PATH={Path.Combine(kernel.Folder, "share", "jupyter")}", kernel.Installation.Output);
    }

    [SkippableFact]
    public async Task It_is_installed_for_the_user_listed_and_removed()
    {
        kernel.Need();
        var home = Directory.CreateTempSubdirectory("rnnbook-home-").FullName;

        Assert.Contains("not installed", (await RunAsync(home, "list")).Output);
        Assert.Contains(home, (await RunAsync(home, "install")).Output);
        Assert.Contains("ready", (await RunAsync(home, "list")).Output);
        File.Delete(Directory.EnumerateFiles(home, "kernel.py", SearchOption.AllDirectories).Single());
        var broken = await RunAsync(home, "list");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("book jupyter install", broken.Output);
        Assert.Contains($"Removed {home}", (await RunAsync(home, "uninstall")).Output);
        Assert.Empty(Directory.EnumerateFiles(home, "kernel.json", SearchOption.AllDirectories));
        Directory.Delete(home, recursive: true);
    }

    [Theory]
    [InlineData("/usr/bin/env", "no Python with ipykernel")]
    [InlineData("/no/such/python", "no Python with ipykernel")]
    public async Task A_python_without_ipykernel_is_refused_in_one_line(string python, string expected)
    {
        var result = await BookProcess.RunAsync(kernel.Folder, "jupyter", "install", "--python", python);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [SkippableFact]
    public async Task Without_any_python_it_says_what_to_install()
    {
        Skip.If(OperatingSystem.IsWindows());
        var result = await RunAsync(kernel.Folder, "install", ("PATH", Path.GetDirectoryName(Environment.ProcessPath)!));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("install", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static async Task<BookResult> RunAsync(string home, string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", BookProcess.Program, "jupyter", command])
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("JUPYTER_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new BookResult(process.ExitCode, await output, await errors);
    }
}
