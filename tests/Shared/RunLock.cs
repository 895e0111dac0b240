using RnnBook.Cli;

namespace RnnBook;

/// <summary>Held while a test project has the book run: `dotnet test` starts several at once, and each looks first whether another has run it.</summary>
internal static class RunLock
{
    public static Task<IDisposable> TakeAsync(string root) => FileLock.TakeAsync(
        Path.Combine(Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName, ".test-run"), CancellationToken.None);
}
