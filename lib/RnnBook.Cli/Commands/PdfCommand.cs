using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace RnnBook.Cli;

/// <summary><c>book pdf</c>: the pages as PDF files, printed by Chromium, figures and formulas included.</summary>
internal static class PdfCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Argument<string[]> Chapters = new("chapters")
    {
        Description = "Chapters by number (07, 7) or name; all when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var pdf = new Command("pdf", "Print chapters of the last run to artifacts/pdf/. Needs Chromium or Chrome; CHROMIUM_PATH may name it.") { Chapters };
        pdf.SetAction((parsed, token) => RunAsync(parsed.GetValue(Chapters) ?? [], token));
        return pdf;
    }

    private static async Task<int> RunAsync(string[] names, CancellationToken token)
    {
        var book = BookFolder.Find();
        var all = ChapterList.Of(book);
        var chosen = ChapterList.Choose(all, names);
        await SiteCommand.WriteAsync(book, all, ClaimsCommand.LoadClaims(book), [], Terminal.Output, token);
        Directory.CreateDirectory(book.Pdf);
        foreach (var chapter in chosen)
        {
            var file = Path.Combine(book.Pdf, chapter.Name + ".pdf");
            await PrintAsync(new Uri(Path.Combine(book.Site, chapter.Page)).AbsoluteUri + "?print", file, token);
            Terminal.Output.Say($"{file}");
        }

        return 0;
    }

    private static async Task PrintAsync(string address, string file, CancellationToken token)
    {
        var temporary = $"{file}.{Guid.NewGuid():n}.tmp";
        try
        {
            // The page's clock runs on until all figures are drawn, or a minute of it has passed.
            var said = await ChromiumAsync(
                ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=60000", $"--print-to-pdf={temporary}", address], token);
            if (!File.Exists(temporary))
            {
                throw new BookException($"Chromium printed nothing: {said.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim()}");
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<string> ChromiumAsync(IEnumerable<string> arguments, CancellationToken token)
    {
        using var process = Start(arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            var said = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return said;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            token.ThrowIfCancellationRequested();
            throw new BookException($"Chromium did not finish within {Patience.TotalMinutes:0} minutes.");
        }
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        string[] names = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } own
            ? [own]
            : ["chromium", "chromium-browser", "google-chrome", "chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

        // Chromium refuses to run as root with its sandbox, as in a container; the pages are the book's own.
        var sandbox = Environment.UserName == "root" ? new[] { "--no-sandbox" } : [];
        foreach (var name in names)
        {
            try
            {
                return Process.Start(new ProcessStartInfo(name, sandbox.Concat(arguments)) { RedirectStandardError = true })!;
            }
            catch (Win32Exception)
            {
                // The next name, then.
            }
        }

        throw new BookException("Chromium is not installed: install it, or let CHROMIUM_PATH name Chromium or Chrome. Any browser prints the pages, too.");
    }
}
