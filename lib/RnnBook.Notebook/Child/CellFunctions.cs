#pragma warning disable CA1708, IDE1006 // display and Display: the names that .NET notebooks use.
namespace RnnBook.Notebook;

/// <summary>The functions that every cell may call without a using.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="mimeTypes">Only these mime types; by default whatever the value offers.</param>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> shows another value in the same place.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => CellHost.Display(value, mimeTypes);

    /// <summary>Html that is shown as it is.</summary>
    public static HtmlText HTML(string html) => new(html);

    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => CellHost.Display(value, mimeTypes);

    /// <summary>Shows an image, or whatever else the bytes are.</summary>
    /// <param name="data">The file's content.</param>
    /// <param name="mimeType">For instance <c>image/png</c>.</param>
    /// <returns>A handle that can be updated.</returns>
    public static DisplayedValue DisplayAs(this byte[] data, string mimeType) => CellHost.Display(data, [mimeType]);

    /// <summary>Shows a text as what it is written in.</summary>
    /// <param name="text">For instance html or markdown.</param>
    /// <param name="mimeType">For instance <c>text/html</c> or <c>text/markdown</c>.</param>
    /// <returns>A handle that can be updated.</returns>
    public static DisplayedValue DisplayAs(this string text, string mimeType) => CellHost.Display(text, [mimeType]);
}
