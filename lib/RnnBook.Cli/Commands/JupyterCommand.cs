using System.CommandLine;
using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book jupyter</c>: the kernel that runs C# cells in Jupyter on the book's own engine.</summary>
internal static class JupyterCommand
{
    private static readonly Option<string?> PythonPath = new("--python")
    {
        Description = "The Python that runs the kernel; it needs ipykernel. Without it: the one that `jupyter` uses.",
        HelpName = "path",
    };

    private static readonly Option<bool> User = new("--user") { Description = "For this user (the default)." };

    private static readonly Option<bool> SystemPrefix = new("--sys-prefix") { Description = "Into Python's own folder: a virtual or conda environment." };

    private static readonly Option<string?> Prefix = new("--prefix") { Description = "Into share/jupyter/kernels below this folder.", HelpName = "folder" };

    public static Command Create()
    {
        var install = new Command("install", "Install the kernel: C# notebooks then run in Jupyter.") { User, SystemPrefix, Prefix, PythonPath };
        install.Validators.Add(result =>
        {
            if (new Option[] { User, SystemPrefix, Prefix }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
            {
                result.AddError("Choose one of --user, --sys-prefix and --prefix.");
            }
        });
        install.SetAction(Install);
        var uninstall = new Command("uninstall", "Remove the kernel wherever Jupyter sees it.") { PythonPath };
        uninstall.SetAction(Uninstall);
        var list = new Command("list", "Say where the kernel is installed and whether it can start.") { PythonPath };
        list.SetAction(List);
        return new Command("jupyter", "Use the book's C# engine in Jupyter.") { install, uninstall, list };
    }

    private static int Install(ParseResult parsed)
    {
        var prefix = parsed.GetValue(SystemPrefix) ? "sys" : parsed.GetValue(Prefix) is { } folder ? Path.GetFullPath(folder) : null;
        var spec = KernelSpec.Install(Python.Find(parsed.GetValue(PythonPath)), prefix);
        Terminal.Output.Say($"Installed {KernelSpec.Name}, \"{spec.DisplayName}\": {spec.Folder}");
        if (!spec.IsSeen)
        {
            Terminal.Output.Say($"Jupyter does not look there by itself: set JUPYTER_PATH={Path.GetFullPath(Path.Combine(spec.Folder, "../.."))}", Color.Yellow);
        }

        return 0;
    }

    private static int Uninstall(ParseResult parsed)
    {
        var removed = KernelSpec.Uninstall(Python.Find(parsed.GetValue(PythonPath)));
        foreach (var spec in removed)
        {
            Terminal.Output.Say($"Removed {spec.Folder}");
        }

        if (removed.Count == 0)
        {
            Terminal.Output.Say($"{KernelSpec.Name} was not installed.");
        }

        return 0;
    }

    private static int List(ParseResult parsed)
    {
        var specs = KernelSpec.List(Python.Find(parsed.GetValue(PythonPath)));
        foreach (var spec in specs)
        {
            var missing = string.Join(", ", spec.Missing);
            Terminal.Output.Say($"{KernelSpec.Name}, \"{spec.DisplayName}\": {spec.Folder}");
            Terminal.Output.Say(missing.Length == 0 ? "  ready" : $"  cannot start, run `book jupyter install` again: there is no {missing}", missing.Length == 0 ? null : Color.Red);
        }

        if (specs.Count == 0)
        {
            Terminal.Output.Say($"{KernelSpec.Name} is not installed: book jupyter install");
        }

        return specs.Any(spec => spec.Missing.Any()) ? 1 : 0;
    }
}
