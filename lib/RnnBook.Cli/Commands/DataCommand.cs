using Spectre.Console;

namespace RnnBook.Cli;

/// <summary><c>book data</c>: fetches public data that chapters use where it is present, and says what is here.</summary>
internal static class DataCommand
{
    /// <summary><c>book data get</c>: all files of the named data sets that are not here yet.</summary>
    public static async Task<int> GetAsync(IReadOnlyList<string> names, CancellationToken token)
    {
        var all = Load();
        var chosen = names.Select(name => all.FirstOrDefault(set => set.Name == name)
            ?? throw new BookException($"No data set '{name}'. There are: {string.Join(", ", all.Select(set => set.Name))}")).ToList();
        foreach (var set in chosen)
        {
            try
            {
                await GetAsync(set, token);
            }
            catch (Exception exception) when (exception is DownloadException or IOException or UnauthorizedAccessException)
            {
                Terminal.Error.Say($"{set.Name}: {exception.Message}", Color.Red);
                return 1;
            }
            catch (OperationCanceledException)
            {
                Terminal.Error.Say("Stopped. What came so far is kept: the same command goes on from there.");
                return 130;
            }
        }

        return 0;
    }

    /// <summary><c>book data list</c>: every data set, its terms, and whether it is here and undamaged.</summary>
    public static int List()
    {
        Terminal.Output.Say($"In {Folder}:");
        foreach (var set in Load())
        {
            var states = set.Files.Select(State).ToList();
            var problem = states.FirstOrDefault(state => state is { Length: > 0 });
            var missing = states.Count(state => state is null);
            Terminal.Output.Say(
                $"{set.Name,-16} {Size(set),9}  {problem ?? (missing == 0 ? "here" : $"not here: `book data get {set.Name}` fetches it")}");
            Terminal.Output.Say($"{"",-16} {"",9}  {set.Title}; {set.Licence}");
        }

        return 0;
    }

    private static string Folder => DataFolder.Current ?? Path.Combine(BookFolder.Find().Root, "data");

    private static IReadOnlyList<Dataset> Load()
    {
        var path = Path.Combine(BookFolder.Find().Root, "data", "datasets.json");
        try
        {
            return Dataset.Load(path);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new BookException(exception.Message);
        }
    }

    private static async Task GetAsync(Dataset set, CancellationToken token)
    {
        var missing = set.Files.Where(file => State(file) != "").ToList();
        if (missing.Count > 0)
        {
            await Terminal.Error.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn())
                .StartAsync(async context =>
                {
                    foreach (var file in missing)
                    {
                        var bar = context.AddTask(file.Path);
                        using var download = new Download((done, total) =>
                        {
                            bar.MaxValue = total ?? Math.Max(done, file.Bytes);
                            bar.Value = done;
                        });
                        await download.FetchAsync(file, Folder, token);
                        bar.Value = bar.MaxValue;
                    }
                });
        }

        Terminal.Output.Say($"{set.Name}: {(missing.Count == 0 ? "already here" : "fetched")}, checksums right, in {Folder}");
    }

    /// <summary>Empty if a file is here and right, null if it is not here, else what is wrong with it.</summary>
    private static string? State(DatasetFile file)
    {
        var path = file.In(Folder);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            file.Read(path);
            return "";
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static string Size(Dataset set) => $"{set.Files.Sum(file => file.Bytes) / 1e6:0.0} MB";
}
