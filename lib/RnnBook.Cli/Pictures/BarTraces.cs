using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>All bars of a panel, which share their places.</summary>
internal sealed class BarTraces : PictureTraces
{
    private readonly List<Bar> bars = [];
    private readonly double slot;

    public BarTraces(IReadOnlyList<PlotlyTrace> traces, PlotlyBars how, PictureAxis x, PictureAxis y)
        : base(x, y)
    {
        var places = traces.SelectMany(trace => Positions(trace).Select(At(trace).Coordinate)).OfType<double>().Distinct().Order().ToList();
        slot = places.Count > 1 ? places.Zip(places.Skip(1), (a, b) => b - a).Min() : 1;
        var isStacked = how.Mode is "stack" or "relative";
        var stacks = new Dictionary<(double, bool), double>();
        foreach (var (order, trace) in traces.Index())
        {
            var beside = how.Mode == "group" ? traces.Count : 1;
            var width = slot * (1 - how.Gap) / beside;
            var shift = (order - ((beside - 1) / 2.0)) * width;
            foreach (var (index, (position, value)) in Positions(trace).Zip(trace.IsHorizontal ? trace.X : trace.Y).Index())
            {
                if (At(trace).Coordinate(position) is { } at && value.Number is { } height && Along(trace).Coordinate(value) is not null)
                {
                    var own = trace.Json.At("width").Number() ?? trace.Json.At("width").Items().ElementAtOrDefault(index).Number() ?? width;
                    var middle = beside > 1 ? at + shift : at;
                    var foot = isStacked ? stacks.GetValueOrDefault((at, height < 0)) : 0;
                    stacks[(at, height < 0)] = foot + height;
                    bars.Add(new Bar(trace, at, middle - (own / 2), middle + (own / 2), foot, foot + height, trace.Error(trace.IsHorizontal ? "error_x" : "error_y", index)));
                }
            }
        }
    }

    public override void Reach()
    {
        foreach (var bar in bars)
        {
            var along = Along(bar.Trace);
            var half = Math.Max(slot, bar.To - bar.From) / 2;
            At(bar.Trace).Include(bar.At - half, null);
            At(bar.Trace).Include(bar.At + half, null);
            foreach (var value in new[] { bar.Foot, bar.Head, bar.Head - (bar.Error?.Down ?? 0), bar.Head + (bar.Error?.Up ?? 0) })
            {
                if (along.Coordinate(new(value, null)) is { } coordinate)
                {
                    along.Include(coordinate, value == 0 ? null : 0);
                }
            }
        }
    }

    public override IEnumerable<XElement> Draw()
    {
        foreach (var trace in bars.Select(bar => bar.Trace).Distinct())
        {
            var own = bars.Where(bar => bar.Trace == trace).ToList();
            var pattern = PictureMarker.Pattern(trace);
            foreach (var bar in own)
            {
                yield return Box(bar, trace.FillColor, trace.EdgeColor);
                if (pattern is { } over)
                {
                    yield return Box(bar, over.Fill, null);
                }
            }

            var (along, name) = (Along(trace), trace.IsHorizontal ? "error_x" : "error_y");
            var errors = new PicturePath();
            foreach (var bar in own.Where(bar => bar.Error is not null))
            {
                var across = At(trace).Pixel((bar.From + bar.To) / 2);
                ErrorBar(errors, along, across, Pixel(along, bar.Head - bar.Error!.Value.Down), Pixel(along, bar.Head + bar.Error.Value.Up), 4);
            }

            if (ErrorBars(trace, name, errors) is { } drawn)
            {
                yield return drawn;
            }
        }
    }

    private XElement Box(Bar bar, string fill, string? edge)
    {
        var (left, right) = (At(bar.Trace).Pixel(bar.From), At(bar.Trace).Pixel(bar.To));
        var (foot, head) = (Pixel(Along(bar.Trace), bar.Foot), Pixel(Along(bar.Trace), bar.Head));
        var ((x1, x2), (y1, y2)) = bar.Trace.IsHorizontal ? ((foot, head), (left, right)) : ((left, right), (foot, head));
        return PictureSvg.Box(Math.Min(x1, x2), Math.Min(y1, y2), Math.Abs(x2 - x1), Math.Abs(y2 - y1), fill, edge);
    }

    /// <summary>What has no place on a logarithmic axis lies below it.</summary>
    private static double Pixel(PictureAxis axis, double value) => axis.Pixel(axis.Coordinate(new(value, null)) ?? axis.Low - 1);

    private static IReadOnlyList<PlotlyValue> Positions(PlotlyTrace trace) => trace.IsHorizontal ? trace.Y : trace.X;

    private PictureAxis At(PlotlyTrace trace) => trace.IsHorizontal ? Y : X;

    private PictureAxis Along(PlotlyTrace trace) => trace.IsHorizontal ? X : Y;

    /// <param name="Trace">Whose bar it is.</param>
    /// <param name="At">The coordinate of its place, which it may share.</param>
    /// <param name="From">The coordinate of one side.</param>
    /// <param name="To">The coordinate of the other side.</param>
    /// <param name="Foot">The value where it begins.</param>
    /// <param name="Head">The value where it ends.</param>
    /// <param name="Error">Its error bar.</param>
    private sealed record Bar(PlotlyTrace Trace, double At, double From, double To, double Foot, double Head, (double Down, double Up)? Error);
}
