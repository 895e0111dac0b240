namespace RnnBook.Notebook;

/// <summary>
/// The engine as code inside a cell finds it, by reflection if it likes: libraries that show values need no reference. Every member may be
/// called from any thread; what is shown keeps the order of the calls.
/// </summary>
public static class CellHost
{
    private static CellOutputs? outputs;

    /// <summary>Something inside the engine's process, null everywhere else.</summary>
    public static object? Current => outputs;

    /// <summary>Shows a value in the running cell's output.</summary>
    /// <param name="value">Anything.</param>
    /// <returns>A <see cref="DisplayedValue"/>, whose <c>Update(object)</c> shows another value in the same place.</returns>
    /// <exception cref="InvalidOperationException">This is not the engine's process.</exception>
    public static object Display(object value) => Display(value, []);

    internal static DisplayedValue Display(object? value, string[] mimeTypes) => (outputs
        ?? throw new InvalidOperationException("Values can be displayed only in a notebook cell.")).Show(value, mimeTypes);

    internal static void Attach(CellOutputs newOutputs) => outputs = newOutputs;
}
