using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace RnnBook.Interactive.Tests;

/// <summary>The C# kernel of .NET Interactive in this process: every event of a cell can be looked at.</summary>
public sealed class HostedKernel : IDisposable
{
    private readonly CSharpKernel kernel = new();

    public HostedKernel() => Formatter.DefaultMimeType = HtmlFormatter.MimeType;

    /// <summary>A cell that refers to the book's libraries, as the first one of every chapter does.</summary>
    internal static string Reference { get; } =
        $"#r \"{Repository.Library}\"\nusing RnnBook;\nusing RnnBook.Figures;\nusing RnnBook.Interactive;\n";

    public void Dispose() => kernel.Dispose();

    /// <summary>Runs a cell, which must succeed.</summary>
    internal async Task<IReadOnlyList<KernelEvent>> RunAsync(string code)
    {
        var result = await kernel.SendAsync(new SubmitCode(code));
        var failed = result.Events.OfType<CommandFailed>().FirstOrDefault();
        Assert.True(failed is null, failed?.Message);
        return result.Events;
    }

    /// <summary>Runs a cell and gives the html of what it shows.</summary>
    internal async Task<string> ShowAsync(string code) => Html(Assert.Single((await RunAsync(code)).OfType<DisplayEvent>()));

    internal static string Html(DisplayEvent shown) => Assert.Single(shown.FormattedValues, value => value.MimeType == "text/html").Value;
}
