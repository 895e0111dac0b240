namespace RnnBook.Cli;

/// <summary>A file that one process at a time holds open, while it does what another must not do beside it.</summary>
internal static class FileLock
{
    /// <summary>Waits until no other holds the file.</summary>
    /// <param name="file">The file, in a folder that is there; it stays behind, empty.</param>
    /// <param name="token">Ends the wait.</param>
    /// <returns>To be disposed of when the work is done.</returns>
    public static async Task<IDisposable> TakeAsync(string file, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, token);
            }
        }
    }
}
