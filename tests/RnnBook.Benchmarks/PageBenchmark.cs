using System.Globalization;
using Microsoft.Playwright;

namespace RnnBook.Benchmarks;

/// <summary>How long a reader waits for the book's pages, in Chromium: as files, and live where an address of `book serve` is given.</summary>
internal static class PageBenchmark
{
    /// <summary>Notes what the browser measures, from before the page's first byte on.</summary>
    private const string Watch = """
        window.measured = { painted: 0, ready: 0, live: 0, block: 0, shift: 0 };
        const each = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
        each("largest-contentful-paint", (entry) => { measured.painted = entry.startTime; });
        each("longtask", (entry) => { measured.block = Math.max(measured.block, entry.duration); });
        each("layout-shift", (entry) => { if (!entry.hadRecentInput) measured.shift += entry.value; });
        new MutationObserver(() => {
          const { ready, live } = document.documentElement?.dataset ?? {};
          if (ready) measured.ready ||= performance.now();
          if (live) measured.live ||= performance.now();
        }).observe(document, { attributes: true, subtree: true });
        """;

    /// <summary>A reader who goes down the page and stays at each figure until it is drawn.</summary>
    private const string ReadOn = """
        async () => {
          const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
          for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
            scrollTo(0, y);
            await pause(60);
          }
          for (const plot of document.querySelectorAll("figure.plot")) {
            for (let waits = 0; !plot.matches(".drawn, .failed"); waits++) {
              if (waits > 1000) throw new Error(`A figure is not drawn: ${plot.textContent.slice(0, 80)}`);
              plot.scrollIntoView({ block: "center" });
              await pause(20);
            }
          }
        }
        """;

    /// <summary>Opens each page anew, several times, and prints medians.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="address">What `book serve` printed; empty for none.</param>
    /// <param name="rounds">How often each page is opened.</param>
    public static async Task RunAsync(string site, string address, int rounds)
    {
        if (!File.Exists(Path.Combine(site, "index.html")))
        {
            throw new PeerException($"There is no site in {site}: `book run` writes one.");
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium",
            Args = ["--disable-gpu"],
        });
        Console.WriteLine($"Chromium {browser.Version}, medians of {rounds}, ms; load of the machine {Load()} at the start");
        Console.WriteLine("| page | largest part painted | all laid out | live | longest block | moved | figures, all seen: longest block | moved |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var page in Directory.EnumerateFiles(site, "*.html").Select(Path.GetFileName).Order())
        {
            await PrintAsync(browser, page!, new Uri(Path.Combine(Path.GetFullPath(site), page!)).AbsoluteUri, null, rounds);
            if (address.Length > 0)
            {
                await PrintAsync(browser, $"{page}, live", new Uri(new Uri(address), page).ToString(), address, rounds);
            }
        }

        Console.WriteLine($"load {Load()} at the end");
    }

    private static async Task PrintAsync(IBrowser browser, string name, string page, string? address, int rounds)
    {
        var measured = new List<(Page First, Page All)>();
        for (var round = 0; round < rounds; round++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
            context.SetDefaultTimeout(180_000);
            await context.AddInitScriptAsync(Watch);
            var open = await context.NewPageAsync();
            if (address is not null)
            {
                await open.GotoAsync(address);
            }

            await open.GotoAsync(page);
            var isLive = address is not null && await open.Locator("article.chapter").CountAsync() > 0;
            await open.Locator(isLive ? "html[data-ready][data-live]" : "html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            var first = await open.EvaluateAsync<Page>("measured");
            await open.EvaluateAsync(ReadOn);
            measured.Add((first, await open.EvaluateAsync<Page>("measured")));
        }

        string Median(Func<(Page First, Page All), double> of, string format = "F0") =>
            measured.Select(of).Order().ElementAt(rounds / 2).ToString(format, CultureInfo.InvariantCulture);
        Console.WriteLine(
            $"| {name} | {Median(m => m.First.Painted)} | {Median(m => m.First.Ready)} | {(address is null ? "" : Median(m => m.First.Live))} | {Median(m => m.First.Block)} | " +
            $"{Median(m => m.First.Shift, "F3")} | {Median(m => m.All.Block)} | {Median(m => m.All.Shift, "F3")} |");
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>What a page has noted of itself: times in ms from the start of its loading, and the sum of layout shifts.</summary>
    private sealed record Page
    {
        public double Painted { get; init; }

        public double Ready { get; init; }

        public double Live { get; init; }

        public double Block { get; init; }

        public double Shift { get; init; }
    }
}
