using System.Text.Json;

namespace RnnBook.Cli;

/// <summary>What was wrong in the book and is mended, and how to report more.</summary>
internal static class ErrataPage
{
    /// <summary>An erratum as data/errata.json has it.</summary>
    /// <param name="Date">The day it was mended.</param>
    /// <param name="Place">Chapter, cell or claim.</param>
    /// <param name="Was">What the book said.</param>
    /// <param name="Is">What is right.</param>
    internal sealed record Entry(string Date, string Place, string Was, string Is);

    /// <summary>The errata; none where the book has no such file.</summary>
    /// <exception cref="BookException">The file is no list of errata.</exception>
    public static IReadOnlyList<Entry> Load(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? [] : [];
        }
        catch (JsonException exception)
        {
            throw new BookException($"{file} is no list of {{\"date\", \"place\", \"was\", \"is\"}}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static string Write(IReadOnlyList<Entry> errata)
    {
        var rows = errata.OrderByDescending(entry => entry.Date, StringComparer.Ordinal).Select(entry =>
            $"<tr><td>{Html.Escape(entry.Date)}</td><td>{Html.Escape(entry.Place)}</td><td>{Html.Escape(entry.Was)}</td><td>{Html.Escape(entry.Is)}</td></tr>");
        var table = errata.Count == 0
            ? "<p>None is known so far.</p>"
            : $"""
              <div class="scroll"><table>
              <thead><tr><th>mended</th><th>where</th><th>the book said</th><th>right is</th></tr></thead>
              <tbody>{string.Join('\n', rows)}</tbody>
              </table></div>
              """;
        var content = $"""
            <article class="errata">
            <header class="title">
            <p class="kicker">What was wrong</p>
            <h1>Errata</h1>
            </header>
            {table}
            <h2 id="report">Report an error</h2>
            <p>Open an issue in the repository that you have the book from, and say:</p>
            <ul>
            <li>the address of the place: the <b>#</b> beside a heading, the number beside a cell, or the id of a claim links to it;</li>
            <li>what the book says, and what you think is right, with the source or the numbers that say so;</li>
            <li>for a number: profile and seed, as they stand below the chapter's title, and what <code>book run</code> gives on your machine.</li>
            </ul>
            <p>An error in a verdict is the most welcome: every threshold stands in <code>data/claims.json</code>, every measurement in the cell that the
            <a href="ledger.html">ledger</a> names.</p>
            </article>
            """;
        return new PageFrame("Errata · RnnBook", "Errors that were found in the book, and how to report one.", "", content, "").ToString();
    }
}
