namespace RnnBook.Cli;

/// <summary>What stands around every page: head, bar, footer.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Description">One sentence for search engines and previews.</param>
/// <param name="Side">The table of contents at the side; empty where there is none.</param>
/// <param name="Content">The page itself.</param>
/// <param name="HeadTags">Scripts and styles that only some pages need.</param>
internal sealed record PageFrame(string Title, string Description, string Side, string Content, string HeadTags)
{
    public override string ToString() => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        {ContentPolicy.Tag(HeadTags.Contains(ContentPolicy.Network, StringComparison.Ordinal), PageEngine.IsIn(HeadTags))}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html.Escape(Title)}</title>
        <meta name="description" content="{Html.Escape(Description)}">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="assets/icon.svg" type="image/svg+xml">
        <script src="assets/theme.js"></script>
        {HeadTags}
        <link rel="stylesheet" href="assets/book.css">
        <script defer src="assets/guesses.js"></script>
        <script defer blocking="render" src="assets/book.js"></script>
        <script defer src="assets/search.js"></script>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the text</a>
        <header class="bar">
        <a class="home" href="index.html"><img src="assets/icon.svg" alt="" width="22" height="22"> RnnBook</a>
        <nav aria-label="Book"><a href="index.html#chapters">Chapters</a> <a href="ledger.html">Ledger</a></nav>
        <button type="button" class="search" title="Search the book, key /" hidden>⌕ <span>Search</span></button>
        <button type="button" class="theme" hidden>Theme</button>
        </header>
        <div class="page{(Side.Length == 0 ? "" : " with-side")}">
        {Side}
        <main id="content" tabindex="-1">
        {Content}
        </main>
        </div>
        <footer class="foot"><nav aria-label="More"><a href="glossary.html">Glossary</a> <a href="errata.html">Errata, and how to report one</a></nav></footer>
        </body>
        </html>

        """;
}
