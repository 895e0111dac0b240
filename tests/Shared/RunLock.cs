namespace RnnBook;

/// <summary>Held while a test project has the book run: `dotnet test` starts several at once, and each looks first whether another has run it.</summary>
internal static class RunLock
{
    public static async Task<IDisposable> TakeAsync(string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".test-run"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(500);
            }
        }
    }
}
