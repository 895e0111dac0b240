using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace RnnBook.Benchmarks;

/// <summary>What can be measured, and how it is asked for.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create() => new("Measures how fast the library trains, and how fast the pages are.")
    {
        Steps(), VersusTorch(), Latency(), Digits(), Micro(), Notebook(), Pages(),
    };

    private static Command Steps()
    {
        var configs = Configs(["a"]);
        var cells = Cells();
        var threads = Number("--threads", 1, 1, 2, "Threads that share a batch.");
        var seconds = Number("--secs", 4.0, 0.1, 3600, "Seconds for each net.");
        var json = new Option<bool>("--json") { Description = "One line of JSON instead of the table." };
        var command = new Command("steps", "Times a training step and a forward pass.") { configs, cells, threads, seconds, json };
        command.SetAction(parsed => StepBenchmark.Run(
            parsed.GetValue(configs)!, parsed.GetValue(cells)!, parsed.GetValue(threads), parsed.GetValue(seconds), parsed.GetValue(json)));
        return command;
    }

    private static Command VersusTorch()
    {
        var configs = Configs(BenchmarkNet.Configs);
        var cells = Cells();
        var seconds = Number("--secs", 3.0, 0.1, 3600, "Seconds for each of the six contestants of a net.");
        var python = new Option<string>("--python") { Description = "The Python that has torch.", DefaultValueFactory = _ => "/usr/bin/python3" };
        var command = new Command("versus-torch", "Trains the same nets here and in PyTorch, in turns, and prints the ratios.") { configs, cells, seconds, python };
        command.SetAction(parsed => TorchComparison.Run(
            parsed.GetValue(configs)!, parsed.GetValue(cells)!, parsed.GetValue(seconds), parsed.GetValue(python)!));
        return command;
    }

    private static Command Latency()
    {
        var steps = Number("--steps", 200_000, 100, 100_000_000, "Time steps to measure.");
        var command = new Command("latency", "Times single steps of one sequence, H = 100.") { steps };
        command.SetAction(parsed => LatencyBenchmark.Run(parsed.GetValue(steps)));
        return command;
    }

    private static Command Digits()
    {
        var updates = Number("--updates", 20_000, 10, 10_000_000, "Training updates to make.");
        var threads = Number("--threads", 2, 1, 2, "Threads that share a batch.");
        var command = new Command("digits", "Trains the ReLU RNN on digits pixel by pixel: hours for a million updates, memory.") { updates, threads };
        command.SetAction(parsed => DigitsBenchmark.Run(parsed.GetValue(updates), parsed.GetValue(threads)));
        return command;
    }

    private static Command Micro()
    {
        var filter = new Option<string>("--filter") { Description = "Which, such as *Product*.", DefaultValueFactory = _ => "*" };
        var command = new Command("micro", "BenchmarkDotNet: activations and matrix products.") { filter };
        command.SetAction(parsed => MicroBenchmarks.Run(parsed.GetValue(filter)!));
        return command;
    }

    private static Command Notebook()
    {
        var cells = Number("--cells", 100, 1, 10_000, "Cells of a notebook.");
        var rounds = Number("--rounds", 5, 1, 1000, "Processes of each.");
        var kernel = new Option<string>("--kernel")
        {
            Description = "The Microsoft.DotNet.Interactive.App.dll to compare with.",
            DefaultValueFactory = _ => KernelPeer.Restored,
        };
        var command = new Command("cells", "Processor time of tiny cells, here and in the kernel of .NET Interactive.") { cells, rounds, kernel };
        command.SetAction(parsed => CellBenchmark.Run(parsed.GetValue(cells), parsed.GetValue(rounds), parsed.GetValue(kernel)!));
        return command;
    }

    private static Command Pages()
    {
        var site = new Option<string>("--site") { Description = "The folder of the site.", DefaultValueFactory = _ => "artifacts/site" };
        var live = new Option<string>("--live") { Description = "The address that `book serve` has printed, with its token.", DefaultValueFactory = _ => "" };
        var rounds = Number("--rounds", 5, 1, 100, "How often each page is opened.");
        var command = new Command("pages", "Opens the book's pages in Chromium: time until readable, longest block, what moves.") { site, live, rounds };
        command.SetAction((parsed, _) => PageBenchmark.RunAsync(parsed.GetValue(site)!, parsed.GetValue(live)!, parsed.GetValue(rounds)));
        return command;
    }

    private static Option<string[]> Configs(IReadOnlyList<string> value) => Names(
        "--config", BenchmarkNet.Configs, value, "a: adding problem, b: pixel digits, c: characters, d: a large layer.");

    private static Option<string[]> Cells() => Names("--cells", BenchmarkNet.Cells, BenchmarkNet.Cells, "The layer's kind.");

    private static Option<string[]> Names(string option, IReadOnlyList<string> known, IReadOnlyList<string> value, string description) => new(option)
    {
        Description = $"{description} Some of {string.Join(',', known)}, with commas.",
        DefaultValueFactory = _ => [.. value],
        CustomParser = result =>
        {
            var names = result.Tokens[0].Value.Split(',');
            if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                result.AddError($"{option} takes some of {string.Join(',', known)}, with commas, not '{unknown}'.");
            }

            return names;
        },
    };

    private static Option<T> Number<T>(string name, T value, T low, T high, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description} {low} to {high}.",
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!T.TryParse(text, CultureInfo.InvariantCulture, out var number) || !(number >= low && number <= high))
                {
                    result.AddError($"{name} is a number from {low} to {high}, not '{text}'.");
                }

                return number;
            },
        };
}
