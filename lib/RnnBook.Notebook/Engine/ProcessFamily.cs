using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace RnnBook.Notebook;

/// <summary>
/// The processes that cells have started. They inherit a variable that names their engine, so that they are found even when the
/// engine's process died before them. Linux only: elsewhere the process tree is all that is known.
/// </summary>
internal static class ProcessFamily
{
    /// <summary>The environment variable that holds the engine's name.</summary>
    public const string Variable = "RNNBOOK_ENGINE";

    /// <summary>Kills every member of an engine's family but this process.</summary>
    /// <param name="family">The variable's value, unique to the engine.</param>
    public static void Kill(string family)
    {
        if (!OperatingSystem.IsLinux() || family.Length == 0)
        {
            return;
        }

        var marker = Encoding.UTF8.GetBytes($"{Variable}={family}\0");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId && Carries(folder, marker))
            {
                Kill(id);
            }
        }
    }

    private static bool Carries(string folder, byte[] marker)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(marker) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself.
        }
    }
}
