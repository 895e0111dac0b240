namespace RnnBook.Benchmarks;

/// <summary>How many times as fast as PyTorch the library means to be: at least, and at best.</summary>
internal sealed record Goal(double Floor, double Aim)
{
    public static Goal Of(string config, string cell, int threads)
    {
        var gated = cell is "lstm" or "gru";
        return (config, gated, threads) switch
        {
            ("a" or "b", false, 1) => new(6, 8),
            ("a" or "b", false, _) => new(11, 14),
            ("a" or "b", true, 1) => new(5, 6.5),
            ("a" or "b", true, _) => new(9, 12),
            ("c", false, 1) => new(2.1, 2.7),
            ("c", false, _) => new(3, 4),
            ("c", true, 1) => new(2.4, 3),
            ("c", true, _) => new(3.3, 4.3),
            (_, false, 1) => new(1.5, 2),
            (_, false, _) => new(2, 2.9),
            (_, true, 1) => new(1.4, 1.8),
            (_, true, _) => new(1.9, 2.6),
        };
    }

    public string Judge(double ratio) => ratio >= Aim ? "aim" : ratio >= Floor ? "floor" : "missed";
}
