using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnBook;

/// <summary>Public data that the book uses where it is present. Nothing in the book needs it.</summary>
/// <param name="Name">The name by which <c>book data get</c> knows it.</param>
/// <param name="Title">What it is and from whom.</param>
/// <param name="Licence">Under which terms it may be used.</param>
/// <param name="Files">Its files.</param>
public sealed record Dataset(string Name, string Title, string Licence, IReadOnlyList<DatasetFile> Files)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The data sets of data/datasets.json as it was when the library was built.</summary>
    public static IReadOnlyList<Dataset> Known { get; } = ReadKnown();

    /// <summary>Whether all its files lie in the data folder; their content is looked at only when they are read.</summary>
    public bool IsPresent => DataFolder.Current is { } folder && Files.All(file => File.Exists(file.In(folder)));

    /// <summary>A data set by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Dataset Of(string name) => Known.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"No data set '{name}'. There are: {string.Join(", ", Known.Select(set => set.Name))}");

    /// <summary>Reads a list of data sets.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static IReadOnlyList<Dataset> Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads one of the files from the data folder and checks it.</summary>
    /// <param name="index">Which one.</param>
    /// <returns>Its content, unpacked.</returns>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or another file of the same name.</exception>
    public byte[] Read(int index)
    {
        var path = Files[index].In(DataFolder.Current ?? "data");
        return File.Exists(path)
            ? Files[index].Read(path)
            : throw new FileNotFoundException(
                $"There is no {path}: fetch it with `book data get {Name}`, or let {DataFolder.Variable} name the folder that has {Files[index].Path}.", path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Title}; {Licence}; {(IsPresent ? "present" : "not here")}";

    private static List<Dataset> ReadKnown()
    {
        using var stream = typeof(Dataset).Assembly.GetManifestResourceStream("datasets.json")!;
        return Read(stream, "datasets.json");
    }

    private static List<Dataset> Read(Stream stream, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Dataset>>(stream, Options) ?? throw new InvalidDataException($"{name}: a list of data sets is needed.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name} is no list of data sets: {broken.Message}");
        }
    }
}
