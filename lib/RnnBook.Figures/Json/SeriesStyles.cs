namespace RnnBook.Figures;

/// <summary>Gives each name its place in the palette, and each legend entry its first trace.</summary>
internal sealed class SeriesStyles
{
    private readonly IReadOnlyDictionary<string, int> places;
    private readonly HashSet<string> inLegend = [];
    private readonly int distinct;

    public SeriesStyles(Figure root, IEnumerable<Figure> panels)
    {
        var all = panels.SelectMany(p => p.Series).Where(s => s.HasLegend).Select(s => s.Name).Distinct().ToList();
        var order = root.SeriesOrder ?? panels.FirstOrDefault(p => p.SeriesOrder is not null)?.SeriesOrder ?? [];
        places = Palette.Places([.. order.Concat(all).Distinct()]);
        distinct = all.Count;
        LegendNames = [.. all.Where(n => n.Length > 0)];
    }

    public IReadOnlyList<string> LegendNames { get; }

    /// <summary>One series alone needs no legend: title and axis say what it is.</summary>
    public bool ShowLegend => distinct > 1 && LegendNames.Count > 0;

    public int Index(string name) => places.GetValueOrDefault(name);

    public bool TakesLegendEntry(string name) => name.Length > 0 && inLegend.Add(name);
}
