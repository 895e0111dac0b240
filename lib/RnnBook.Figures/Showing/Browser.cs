using System.ComponentModel;
using System.Diagnostics;

namespace RnnBook.Figures;

/// <summary>The system's program for html files.</summary>
internal static class Browser
{
    /// <summary>Opens a file; false where the system has no program for it (a server, a container).</summary>
    public static bool TryOpen(string path)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
