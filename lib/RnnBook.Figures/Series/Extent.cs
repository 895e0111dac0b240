namespace RnnBook.Figures;

/// <summary>Lowest and highest of some values; empty when there are none.</summary>
internal readonly record struct Extent(double Low, double High)
{
    public static readonly Extent Empty = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => !(Low <= High);

    /// <summary>Of the finite values, on a logarithmic axis of the positive ones.</summary>
    public static Extent Of(IEnumerable<double> values, bool log = false)
    {
        var extent = Empty;
        foreach (var value in values)
        {
            if (double.IsFinite(value) && !(log && value <= 0))
            {
                extent = new Extent(Math.Min(extent.Low, value), Math.Max(extent.High, value));
            }
        }

        return extent;
    }

    public Extent Union(Extent other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    public string Describe() => IsEmpty ? "none" : Low == High ? $"all {Text.Number(Low)}" : $"from {Text.Number(Low)} to {Text.Number(High)}";

    /// <summary>A little wider, so that nothing sits on the frame.</summary>
    public Extent Padded(bool log)
    {
        if (log)
        {
            var room = Math.Max(0.05 * Math.Log10(High / Low), 0.05);
            return new Extent(Low / Math.Pow(10, room), High * Math.Pow(10, room));
        }

        var margin = High > Low ? 0.05 * (High - Low) : Math.Max(0.5 * Math.Abs(High), 0.5);
        return new Extent(Low - margin, High + margin);
    }
}
