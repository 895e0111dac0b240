using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>A line, its points, or both, and the area that it fills.</summary>
/// <param name="trace">The trace.</param>
/// <param name="x">The horizontal axis.</param>
/// <param name="y">The vertical axis.</param>
/// <param name="before">The line before it, to which it may fill.</param>
/// <param name="sparse">How many lines before it show only some of their points: those of this one are others, as plotly.js has it.</param>
internal sealed class ScatterTrace(PlotlyTrace trace, PictureAxis x, PictureAxis y, ScatterTrace? before, int sparse) : PictureTraces(x, y)
{
    /// <summary>By how many pixels a line may miss a point.</summary>
    private const double Tolerance = 0.15;

    /// <summary>So many points are looked at together: a line may have any number.</summary>
    private const int Piece = 512;

    private readonly (double X, double Y)?[] places =
        [.. trace.X.Zip(trace.Y, (across, up) => x.Coordinate(across) is { } a && y.Coordinate(up) is { } b ? (a, b) : default((double, double)?))];

    /// <summary>How many of its points have a mark; 0 is all.</summary>
    public int MostMarkers { get; } = trace.HasMarkers ? (int)Math.Clamp(trace.Json.At("marker", "maxdisplayed").Number() ?? 0, 0, 1e6) : 0;

    private string Fill => trace.Json.At("fill").Text() ?? "none";

    private IEnumerable<(double X, double Y)?> Points => places.Select(place => place is { } at ? (X.Pixel(at.X), Y.Pixel(at.Y)) : default((double, double)?));

    public override void Reach()
    {
        var radius = trace.HasMarkers ? Math.Clamp(trace.Json.At("marker", "size").Number() ?? 6, 0, 100) / 2 : 0;
        foreach (var (index, place) in places.Index())
        {
            if (place is { } at)
            {
                X.Include(at.X, trace.HasMarkers || Fill == "toself" ? radius : null);
                Y.Include(at.Y, radius);
                foreach (var end in Ends(index, "error_y", trace.Y, Y))
                {
                    Y.Include(end, radius);
                }

                foreach (var end in Ends(index, "error_x", trace.X, X))
                {
                    X.Include(end, radius);
                }
            }
        }

        if (Fill == "tozeroy" && !Y.IsLog)
        {
            Y.Include(0, null);
        }
    }

    public override IEnumerable<XElement> Draw()
    {
        if (Fill != "none" && Area() is { IsEmpty: false } area)
        {
            yield return PictureSvg.Element("path", ("d", area.ToString()), ("fill", PictureColor.Of(trace.Json.At("fillcolor"), trace.Color)),
                ("fill-opacity", trace.Json.At("fillcolor").IsThere() ? null : "0.5"), ("opacity", PictureSvg.Opacity(trace.Opacity)));
        }

        if (trace.HasLines && Line(close: false) is { IsEmpty: false } line)
        {
            yield return PictureSvg.Element("path", ("d", line.ToString()), ("fill", "none"), ("stroke", trace.Color), ("stroke-width", trace.LineWidth),
                ("stroke-dasharray", PlotlyTrace.Dash(trace.Json.At("line"), trace.LineWidth)), ("stroke-linejoin", "round"),
                ("opacity", PictureSvg.Opacity(trace.Opacity)));
        }

        foreach (var (name, values, along) in new[] { ("error_x", trace.X, X), ("error_y", trace.Y, Y) })
        {
            var bars = new PicturePath();
            foreach (var (index, point) in Points.Index())
            {
                if (point is { } at && Ends(index, name, values, along).ToList() is [var low, var high])
                {
                    ErrorBar(bars, along, along.IsX ? at.Y : at.X, along.Pixel(low), along.Pixel(high), 3);
                }
            }

            if (ErrorBars(trace, name, bars) is { } drawn)
            {
                yield return drawn;
            }
        }

        if (trace.HasMarkers && Marked().ToList() is { Count: > 0 } marked)
        {
            yield return PictureMarker.Draw(trace, marked);
        }
    }

    private IEnumerable<double> Ends(int index, string name, IReadOnlyList<PlotlyValue> values, PictureAxis axis) =>
        trace.Error(name, index) is { } error && values[index].Number is { } middle
            && axis.Coordinate(new(middle + error.Up, null)) is { } high
            ? [axis.Coordinate(new(middle - error.Down, null)) ?? axis.Low, high] : [];

    /// <summary>The points with a mark: those in sight, or some of them; of those on the same pixel one.</summary>
    private IEnumerable<(double X, double Y)> Marked()
    {
        var seen = places.OfType<(double X, double Y)>().Where(at => at.X >= X.Low && at.X <= X.High && at.Y >= Y.Low && at.Y <= Y.High).ToList();
        var every = MostMarkers > 0 ? Math.Max(1, (seen.Count + MostMarkers - 1) / MostMarkers) : 1;
        var first = MostMarkers > 0 ? (int)Math.Round((sparse * every / 3.0) + (sparse / 3 * every / 7.1)) : 0;
        return seen.Where((_, index) => (index + first) % every == 0).Select(at => (X.Pixel(at.X), Y.Pixel(at.Y))).DistinctBy(at => (Math.Round(at.Item1), Math.Round(at.Item2)));
    }

    private PicturePath Area()
    {
        if (Fill == "toself")
        {
            return Line(close: true);
        }

        var top = Points.OfType<(double X, double Y)>().ToList();
        var bottom = Fill == "tonexty" && before is not null
            ? before.Points.OfType<(double X, double Y)>().Reverse()
            : top.AsEnumerable().Reverse().Select(point => point with { Y = Y.Pixel(Y.IsLog ? Y.Low : 0) });
        var path = new PicturePath();
        AddStretch(path, [.. top, .. top.Count > 0 ? bottom : []]);
        return path.IsEmpty ? path : path.Add("z");
    }

    /// <summary>The line, broken at gaps.</summary>
    private PicturePath Line(bool close)
    {
        var path = new PicturePath();
        var stretch = new List<(double X, double Y)>();
        foreach (var point in trace.Json.At("connectgaps").IsTrue() ? Points.Where(point => point is not null).Append(null) : Points.Append(null))
        {
            if (point is { } at)
            {
                stretch.Add(at);
            }
            else if (stretch.Count > 0)
            {
                AddStretch(path, stretch);
                path.Add(close ? "z" : "");
                stretch.Clear();
            }
        }

        return path;
    }

    /// <summary>
    /// Of many points in one column of pixels the first, the lowest, the highest and the last look like all of them; and of those, the ones between
    /// which the line is straight.
    /// </summary>
    private static void AddStretch(PicturePath path, List<(double X, double Y)> points)
    {
        var kept = new List<(double X, double Y)>();
        for (var from = 0; from < points.Count;)
        {
            var to = from;
            while (to + 1 < points.Count && Math.Floor(points[to + 1].X) == Math.Floor(points[from].X))
            {
                to++;
            }

            var column = Enumerable.Range(from, to - from + 1).ToList();
            kept.AddRange(new SortedSet<int> { from, column.MinBy(index => points[index].Y), column.MaxBy(index => points[index].Y), to }.Select(index => points[index]));
            from = to + 1;
        }

        if (kept.Count > 0)
        {
            path.Move(kept[0].X, kept[0].Y);
            for (var first = 0; first < kept.Count - 1; first += Piece)
            {
                AddBends(path, kept, first, Math.Min(first + Piece, kept.Count - 1));
            }
        }
    }

    /// <summary>Adds the points after the first to the last: those between only where the line would else miss one (Ramer, Douglas and Peucker).</summary>
    private static void AddBends(PicturePath path, List<(double X, double Y)> points, int first, int last)
    {
        var from = points[first];
        var (width, height) = (points[last].X - from.X, points[last].Y - from.Y);
        var square = Math.Max(1e-9, (width * width) + (height * height));
        var (farthest, distance) = (first, Tolerance);
        for (var index = first + 1; index < last; index++)
        {
            var (x, y) = (points[index].X - from.X, points[index].Y - from.Y);
            var along = Math.Clamp(((x * width) + (y * height)) / square, 0, 1);
            var own = Math.Sqrt(Math.Pow(x - (along * width), 2) + Math.Pow(y - (along * height), 2));
            (farthest, distance) = own > distance ? (index, own) : (farthest, distance);
        }

        if (farthest > first)
        {
            AddBends(path, points, first, farthest);
            AddBends(path, points, farthest, last);
        }
        else if (last > first)
        {
            path.Line(points[last].X, points[last].Y);
        }
    }
}
