namespace RnnBook;

/// <summary>One of the source articles, section by section, in the book's own words.</summary>
/// <param name="Letter">A to E, as the claims' numbers begin.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Sections">Its sections in their order.</param>
public sealed record Article(string Letter, string Title, IReadOnlyList<ArticleSection> Sections)
{
    /// <summary>Reads articles.json, strictly, and looks every claim up.</summary>
    /// <param name="path">The file, from the current directory (in a notebook: the notebook's folder).</param>
    /// <param name="claims">The ledger.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks the rules: one line for each problem.</exception>
    public static IReadOnlyList<Article> Load(string path, ClaimBook claims)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full)
            ? ArticleReader.Parse(File.ReadAllText(full), claims, path)
            : throw new FileNotFoundException($"There are no articles at {full}.", full);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Letter}: {Title}, {Sections.Count} sections";
}

/// <summary>A section of an <see cref="Article"/>.</summary>
/// <param name="Number">As the article numbers it, such as "2.1" or "Q3"; "intro" for what stands before the first.</param>
/// <param name="Title">Its subject.</param>
/// <param name="Summary">What it says, restated in a sentence or two.</param>
/// <param name="Claims">What it claims, as rows of the ledger, all parts of a split claim.</param>
/// <param name="Program">Which chapter holds the program that this section shows, such as "12"; null where it shows none.</param>
public sealed record ArticleSection(string Number, string Title, string Summary, IReadOnlyList<Claim> Claims, string? Program)
{
    /// <inheritdoc/>
    public override string ToString() => $"§{Number} {Title}: {string.Join(" ", Claims.Select(claim => claim.Id))}";
}
