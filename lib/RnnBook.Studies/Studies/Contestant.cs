namespace RnnBook;

/// <summary>A network that races, with the starts that it may choose among: its best-known ones in the literature.</summary>
/// <param name="Name">Its name in every table and figure of the book.</param>
/// <param name="Starts">Names of its starts.</param>
/// <param name="Make">Makes its layer from input size, hidden size, start, sequence length and a source of random numbers.</param>
public sealed record Contestant(string Name, IReadOnlyList<string> Starts, Func<int, int, string, int, RandomSource, RecurrentLayer> Make)
{
    private static readonly string[] Deviations = ["σ 0.02", "σ 0.2"];

    /// <summary>All contestants of the book.</summary>
    public static IReadOnlyList<Contestant> All { get; } =
    [
        // Le, Jaitly and Hinton (2015): σ = 0.001; the size of the input weights is tuned here.
        Plain("IRNN", Activation.Relu, ["σ 0.001", .. Deviations], Initializer.Identity()),
        Plain("0.9·I", Activation.Relu, Deviations, Initializer.Identity(0.9f)),

        // Talathi and Vartak (2015).
        Plain("np-RNN", Activation.Relu, Deviations, Initializer.NormalizedPositiveDefinite()),
        Plain("ReLU, orthogonal", Activation.Relu, Deviations, Initializer.Orthogonal()),

        // He, Zhang, Ren and Sun (2015): made for layers that differ, tried here on one that repeats.
        Plain("ReLU, He", Activation.Relu, Deviations, Initializer.HeNormal()),
        Plain("ReLU, Gaussian", Activation.Relu, Deviations, Initializer.GaussianScaled()),
        Plain("tanh, orthogonal", Activation.Tanh, Deviations, Initializer.Orthogonal()),
        Plain("tanh, Gaussian", Activation.Tanh, Deviations, Initializer.GaussianScaled()),

        // Gers, Schmidhuber and Cummins (2000), Jozefowicz, Zaremba and Sutskever (2015): forget bias; Tallec and Ollivier (2018): chrono.
        new("LSTM", ["b 0", "b 1", "b 4", "b 10", "chrono"], (inputs, units, start, length, random) => start == "chrono"
            ? new Lstm(inputs, units, random).SetChronoBiases(random, length)
            : new Lstm(inputs, units, random).SetForgetBias(Size(start))),
        new("GRU", ["usual", "chrono"], (inputs, units, start, length, random) => start == "chrono"
            ? new Gru(inputs, units, random).SetChronoBiases(random, length)
            : new Gru(inputs, units, random)),
    ];

    /// <summary>The contestant of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Contestant Named(string name) => All.FirstOrDefault(contestant => contestant.Name == name)
        ?? throw new KeyNotFoundException($"No contestant is called \"{name}\": there are {string.Join(", ", All.Select(contestant => contestant.Name))}.");

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(", ", Starts)})";

    private static Contestant Plain(string name, Activation activation, string[] starts, Initializer recurrent) =>
        new(name, starts, (inputs, units, start, _, random) =>
            new Rnn(inputs, units, activation, random).StartFrom(random, recurrent, Initializer.Gaussian(Size(start))));

    /// <summary>The number in "σ 0.02" or "b 4".</summary>
    private static float Size(string start) => float.Parse(start.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
