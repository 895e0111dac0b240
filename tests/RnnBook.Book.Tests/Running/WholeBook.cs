using System.Text.Json.Nodes;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>
/// The book itself with profile quick, for all tests that look at the result. Chapters run only if nothing is recorded of their present
/// state (notebook, claims and libraries); the pages are always written anew.
/// </summary>
public sealed class WholeBook : IAsyncLifetime
{
    internal static BookFolder Folder { get; } = BookFolder.Find();

    internal static IReadOnlyList<Chapter> Chapters { get; } = ChapterList.Of(Folder);

    internal BookResult Result { get; private set; } = null!;

    internal JsonArray Ledger { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Result = await BookProcess.RunAsync(Folder.Root, "claims", "--profile", "quick");
        var site = await BookProcess.RunAsync(Folder.Root, "site");
        Assert.True(site.ExitCode == 0, site.ToString());
        Ledger = (JsonArray)JsonNode.Parse(await File.ReadAllTextAsync(Folder.LedgerFile))!;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>Tests of this collection share the one run.</summary>
[CollectionDefinition(Name)]
public sealed class WholeBookTests : ICollectionFixture<WholeBook>
{
    public const string Name = "whole book";
}
