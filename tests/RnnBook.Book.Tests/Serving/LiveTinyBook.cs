namespace RnnBook.Book.Tests;

/// <summary>A served book of a few cells, shared by the tests of a class.</summary>
public sealed class LiveTinyBook : IAsyncLifetime
{
    private readonly TinyBook book = new TinyBook()
        .Chapter("00-cells", "var x = 20;", "Console.WriteLine(x + 1);", "x * 2")
        .Chapter("01-others", "Console.WriteLine(\"here\");", "2 + 2")
        .Chapter("02-more", "3 + 3");

    internal ServedBook Served { get; private set; } = null!;

    internal string Root => book.Root;

    public async Task InitializeAsync() => Served = await ServedBook.StartAsync(book.Root);

    public async Task DisposeAsync()
    {
        await Served.DisposeAsync();
        book.Dispose();
    }
}
