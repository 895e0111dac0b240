using Microsoft.Playwright;

namespace RnnBook.Book.Tests;

/// <summary>The system's Chromium, or why there is none. Playwright downloads nothing.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>A machine may have much else to do.</summary>
    private const float Patience = 180_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Debian's program without windows takes half the work of the whole browser, which stands in where it is missing.</summary>
    private static string? Executable { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser" }
        .FirstOrDefault(path => File.Exists(path));

    public async Task InitializeAsync()
    {
        if (Executable is not null)
        {
            playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--disable-gpu"] });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A reader's browser of their own, without cookies, edits or network; this machine can be reached.</summary>
    internal async Task<IBrowserContext> NewContextAsync(ColorScheme scheme = ColorScheme.Light)
    {
        Skip.If(browser is null, "Chromium is missing: install it or set CHROMIUM_PATH");
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme });
        context.SetDefaultTimeout(Patience);
        await context.RouteAsync(url => !new Uri(url).IsLoopback, route => route.AbortAsync());
        return context;
    }

    /// <summary>A page with the network off.</summary>
    internal async Task<OpenPage> OpenAsync(string file, int width, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        Skip.If(browser is null, "Chromium is missing: install it or set CHROMIUM_PATH");
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Offline = true,
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(Patience);
        return await OpenPage.OpenAsync(context, file, scripts);
    }
}

/// <summary>A page with what it complained about.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private OpenPage(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Console errors, exceptions, and requests that left the machine or failed.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<OpenPage> OpenAsync(IBrowserContext context, string file, bool scripts)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        open.Page.Console += (_, message) => open.AddIf(message.Type is "error" or "warning", message.Text);
        open.Page.PageError += (_, error) => open.AddIf(true, error);
        open.Page.RequestFailed += (_, request) => open.AddIf(true, $"{request.Url}: {request.Failure}");
        open.Page.Request += (_, request) => open.AddIf(request.Url.StartsWith("http", StringComparison.Ordinal), $"asked for {request.Url}");
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri);
        if (scripts)
        {
            await open.Page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        return open;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void AddIf(bool wrong, string complaint)
    {
        if (wrong)
        {
            Complaints.Add(complaint);
        }
    }
}
