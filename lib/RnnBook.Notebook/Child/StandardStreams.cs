using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RnnBook.Notebook;

/// <summary>
/// Takes the real standard input and output away for the protocol: whatever native code or a process that a cell starts writes to
/// standard output goes into a pipe of its own, and nobody else can read the requests.
/// </summary>
internal static class StandardStreams
{
    private const int CloseOnExec = 0x80000;
    private const int WindowsInput = -10, WindowsOutput = -11;

    /// <summary>Returns the streams of the protocol, what is written to standard output past them, and where this process can write there, too.</summary>
    public static (Stream Input, Stream Output, Stream Written, Stream Writing) TakeOver()
    {
        var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var (input, output) = OperatingSystem.IsWindows()
            ? TakeOverOnWindows(pipe.ClientSafePipeHandle.DangerousGetHandle())
            : TakeOverOnUnix((int)pipe.ClientSafePipeHandle.DangerousGetHandle());
        return (input, output, pipe, new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle));
    }

    private static (Stream Input, Stream Output) TakeOverOnUnix(int written)
    {
        // A session of its own, without a terminal: neither Ctrl-C nor the rules for background jobs reach cells or what they start.
        // It fails only for the leader of a process group, which has been started by hand.
        _ = setsid();

        // High numbers, closed when another program is started, so that no grandchild keeps the pipes open.
        var input = OperatingSystem.IsLinux() ? dup3(0, 100, CloseOnExec) : dup(0);
        var output = OperatingSystem.IsLinux() ? dup3(1, 101, CloseOnExec) : dup(1);
        using (var nothing = File.OpenHandle("/dev/null"))
        {
            Require(dup2((int)nothing.DangerousGetHandle(), 0));
        }

        Require(dup2(written, 1));
        return (Open(Require(input), FileAccess.Read), Open(Require(output), FileAccess.Write));
    }

    private static (Stream Input, Stream Output) TakeOverOnWindows(nint written)
    {
        var input = GetStdHandle(WindowsInput);
        var output = GetStdHandle(WindowsOutput);
        SetStdHandle(WindowsInput, File.OpenHandle("NUL").DangerousGetHandle());
        SetStdHandle(WindowsOutput, written);
        return (Open(input, FileAccess.Read), Open(output, FileAccess.Write));
    }

    private static FileStream Open(nint handle, FileAccess access) => new(new SafeFileHandle(handle, ownsHandle: true), access, 0);

    private static int Require(int descriptor) => descriptor >= 0
        ? descriptor
        : throw new IOException($"The standard streams cannot be redirected (error {Marshal.GetLastPInvokeError()}).");

#pragma warning disable IDE1006, SYSLIB1054 // The system's own names; the generator would need unsafe code.
    [DllImport("libc", SetLastError = true)]
    private static extern int dup(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int dup2(int descriptor, int copy);

    [DllImport("libc", SetLastError = true)]
    private static extern int dup3(int descriptor, int copy, int flags);

    [DllImport("libc")]
    private static extern int setsid();

    [DllImport("kernel32")]
    private static extern nint GetStdHandle(int number);

    [DllImport("kernel32")]
    private static extern bool SetStdHandle(int number, nint handle);
#pragma warning restore IDE1006, SYSLIB1054
}
