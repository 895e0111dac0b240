namespace RnnBook.Notebook;

/// <summary>Html that is shown as it is.</summary>
/// <param name="html">The markup.</param>
public sealed class HtmlText(string html)
{
    /// <summary>The markup.</summary>
    public override string ToString() => html;
}
