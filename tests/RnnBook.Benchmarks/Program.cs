using RnnBook.Benchmarks;

const string Usage = """
    steps    times a training step and a forward pass
             --config a|b|c|d (a)  --cells relu,tanh,lstm,gru (all)  --threads 1|2 (1)  --secs S for each net (4)  --json
    """;

var options = new Dictionary<string, string>();
for (var i = 1; i < args.Length; i++)
{
    var value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : "";
    options[args[i - (value.Length > 0 ? 1 : 0)]] = value;
}

switch (args.FirstOrDefault())
{
    case "steps":
        StepBenchmark.Run(
            options.GetValueOrDefault("--config", "a"),
            options.GetValueOrDefault("--cells", "relu,tanh,lstm,gru").Split(','),
            int.Parse(options.GetValueOrDefault("--threads", "1")),
            double.Parse(options.GetValueOrDefault("--secs", "4")),
            options.ContainsKey("--json"));
        return 0;
    default:
        Console.WriteLine(Usage);
        return 2;
}
