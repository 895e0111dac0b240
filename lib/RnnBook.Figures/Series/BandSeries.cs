using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>The median of several runs as a line, their minimum to maximum as a band.</summary>
internal sealed class BandSeries : Series
{
    private const int CommonPositions = 201;

    private readonly double[] x;
    private readonly double[] low;
    private readonly double[] median;
    private readonly double[] high;
    private readonly int runCount;
    private readonly int endedEarly;

    public BandSeries(string name, double[] x, IReadOnlyList<double[]> runs, bool mayEndEarly = false)
        : base(name)
    {
        if (runs.Count == 0)
        {
            throw new ArgumentException($"Band '{name}' has no run.", nameof(runs));
        }

        foreach (var run in runs.Where(r => r.Length > x.Length))
        {
            RequireSameLength(x.Length, run.Length, $"Band '{name}'");
        }

        this.x = x;
        runCount = runs.Count;
        endedEarly = mayEndEarly ? 0 : runs.Count(r => r.Length < x.Length || (r.Length > 0 && !double.IsFinite(r[^1])));
        low = new double[x.Length];
        median = new double[x.Length];
        high = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var values = runs.Where(r => i < r.Length && double.IsFinite(r[i])).Select(r => r[i]).ToArray();
            var enough = 2 * values.Length >= runs.Count && values.Length > 0;
            (low[i], median[i], high[i]) = enough
                ? (values.Min(), Values.Median(values), values.Max())
                : (double.NaN, double.NaN, double.NaN);
        }
    }

    /// <summary>Reads runs with positions of their own off at common positions.</summary>
    public static BandSeries Align(string name, IReadOnlyList<double[]> positions, IReadOnlyList<double[]> runs)
    {
        RequireSameLength(positions.Count, runs.Count, $"Runs of band '{name}'");
        for (var i = 0; i < runs.Count; i++)
        {
            RequireSameLength(positions[i].Length, runs[i].Length, $"Run {i} of band '{name}'");
        }

        var range = Extent.Of(positions.SelectMany(p => p));
        if (range.IsEmpty)
        {
            throw new ArgumentException($"Band '{name}' has no point.", nameof(runs));
        }

        var common = Array.ConvertAll(Values.Indices(CommonPositions), i => range.Low + ((range.High - range.Low) * i / (CommonPositions - 1)));
        return new BandSeries(name, common, [.. runs.Select((run, i) => Array.ConvertAll(common, at => ReadOff(positions[i], run, at)))], mayEndEarly: true);
    }

    public override bool ReadsAlongX => true;

    public override Extent XExtent(bool log) => Extent.Of(x, log);

    public override Extent YExtent(bool log) => Extent.Of(low, log).Union(Extent.Of(high, log)).Union(Extent.Of(median, log));

    public override void Write(PanelTraces traces)
    {
        var log = traces.Figure.LogY;
        var xs = Drawable(x, traces.Figure.LogX);
        var middle = Drawable(median, log);
        var top = Drawable(high, log);

        // Where only the low end has no place on a log axis, the band reaches down to the lowest value that has.
        var floor = Extent.Of(low, true).Union(Extent.Of(median, true)).Low;
        var bottom = log ? [.. low.Zip(top, (l, h) => l > 0 ? l : double.IsFinite(h) ? Math.Min(floor, h) : double.NaN)] : low;

        var kept = Thinning.Keep(traces.MaxPoints, middle, bottom, top);
        (xs, middle, bottom, top) =
            (Thinning.Pick(xs, kept), Thinning.Pick(middle, kept), Thinning.Pick(bottom, kept), Thinning.Pick(top, kept));
        traces.Add(BandTrace(traces, xs, bottom, top));

        var line = traces.NewTrace("scatter", Name);
        line["x"] = Numbers(xs);
        line["y"] = Numbers(middle);
        line["customdata"] = JsonNumbers.Rows(bottom.Zip(top, (l, h) => (IEnumerable<double>)[l, h]));
        line["hovertemplate"] = "%{y:.4~g} (%{customdata[0]:.3~g} to %{customdata[1]:.3~g})";
        traces.StyleLine(line, Name, kept.Length);
        traces.Add(line);
    }

    public override string Describe(Figure figure)
    {
        var last = Array.FindLastIndex(median, double.IsFinite);
        return last < 0
            ? "no finite value"
            : $"median of {runCount} runs from {Text.Number(Array.Find(median, double.IsFinite))} to {Text.Number(median[last])}, "
                + $"where the runs range from {Text.Number(low[last])} to {Text.Number(high[last])}";
    }

    public override string? Omission(Figure figure)
    {
        var early = endedEarly > 0 ? $"{Name}: {endedEarly} of {runCount} runs end early" : null;
        var hidden = figure.LogY ? NotPositive(Name, median) : null;
        return early is null ? hidden : hidden is null ? early : $"{early}; {hidden}";
    }

    private static double ReadOff(double[] positions, double[] run, double at)
    {
        var found = Array.BinarySearch(positions, at);
        if (found >= 0)
        {
            return run[found];
        }

        var right = ~found;
        if (right == 0 || right == positions.Length)
        {
            return double.NaN;
        }

        var share = (at - positions[right - 1]) / (positions[right] - positions[right - 1]);
        return run[right - 1] + (share * (run[right] - run[right - 1]));
    }

    /// <summary>One closed outline for each stretch without a gap.</summary>
    private JsonObject BandTrace(PanelTraces traces, double[] xs, double[] bottom, double[] top)
    {
        var outlineX = new List<double>();
        var outlineY = new List<double>();
        for (var from = 0; from < xs.Length; from++)
        {
            var to = from;
            while (to < xs.Length && double.IsFinite(bottom[to]) && double.IsFinite(top[to]) && double.IsFinite(xs[to]))
            {
                to++;
            }

            if (to > from)
            {
                outlineX.AddRange([.. xs[from..to], .. xs[from..to].Reverse(), double.NaN]);
                outlineY.AddRange([.. top[from..to], .. bottom[from..to].Reverse(), double.NaN]);
                from = to;
            }
        }

        var trace = traces.NewTrace("scatter", Name);
        trace["showlegend"] = false;
        trace["x"] = Numbers([.. outlineX]);
        trace["y"] = Numbers([.. outlineY]);
        trace["mode"] = "lines";
        trace["line"] = new JsonObject { ["width"] = 0 };
        trace["fill"] = "toself";
        trace["fillcolor"] = traces.Color(Name, 0.2);
        trace["hoverinfo"] = "skip";
        return trace;
    }
}
