using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace RnnBook.Cli;

/// <summary>
/// A plotly.js figure as a picture (svg) that needs no script: for readers without, for paper, and until plotly.js has drawn. It is drawn from the same data, of a
/// slider what it shows first. Only what can be drawn truly gets a picture.
/// </summary>
internal sealed class FigurePicture
{
    /// <summary>The width in pixels; the height is the figure's.</summary>
    public const int Width = 760;

    private const int UsualHeight = 420;

    private const int TitleSize = 16;

    /// <summary>A larger one would make a page heavy, for which it is there.</summary>
    private const int Longest = 120_000;

    private const string Fonts = "'Book Sans', 'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Scoped, since some programs put a picture's elements into a page.</summary>
    private const string Dark = "@media (prefers-color-scheme: dark) { .rnnbook-picture text { fill: #c3c8d1 } }";

    private readonly JsonElement layout;
    private readonly List<PlotlyTrace> traces;
    private readonly Dictionary<string, PictureAxis> axes = [];
    private readonly List<PictureTraces> drawings = [];
    private readonly PictureMarks marks;
    private readonly double height;

    private FigurePicture(JsonElement data, JsonElement layout)
    {
        this.layout = layout;
        height = Math.Clamp(layout.At("height").Number() ?? UsualHeight, 100, 2000);
        var own = (layout.At("colorway").IsThere() ? layout.At("colorway") : layout.At("template", "layout", "colorway")).Items().ToList();
        traces = [.. data.Items().Select((trace, index) =>
        {
            var usual = Figures.Palette.Colors[index % Figures.Palette.Colors.Count];
            return new PlotlyTrace(trace, own.Count > 0 ? PictureColor.Of(own[index % own.Count], usual) : usual, $"trace {index}");
        }).Where(trace => trace.IsShown)];
        marks = new PictureMarks(layout, axes);
    }

    /// <summary>The picture; null for a figure that has none.</summary>
    public static string? Draw(JsonObject figure)
    {
        using var document = JsonDocument.Parse(figure.ToJsonString(), new() { MaxDepth = 1000 });
        var json = document.RootElement;
        return new FigurePicture(json.At("data"), json.At("layout")).Draw();
    }

    private string? Draw()
    {
        if (traces.Count == 0 || !traces.All(trace => trace.CanBeDrawn) || !marks.CanBeDrawn || layout.At("grid").IsThere())
        {
            return null;
        }

        FindAxes();
        if (!axes.Values.All(axis => axis.CanBeDrawn))
        {
            return null;
        }

        drawings.ForEach(drawing => drawing.Reach());
        marks.Reach();
        var legend = new PictureLegend(layout, traces, Width - 24);
        var area = Place(legend);
        if (area.Width < 50 || area.Height < 30)
        {
            return null;
        }

        var svg = Svg(area, legend).ToString(SaveOptions.DisableFormatting);
        return svg.Length <= Longest ? svg : null;
    }

    private void FindAxes()
    {
        foreach (var trace in traces)
        {
            Axis(trace.XAxis).Learn(trace.X);
            Axis(trace.YAxis).Learn(trace.Y);
        }

        var bars = new PlotlyBars(layout.At("barmode").Text() ?? "group", Math.Clamp(layout.At("bargap").Number() ?? 0.2, 0, 0.95));
        foreach (var panel in traces.GroupBy(trace => (trace.XAxis, trace.YAxis)))
        {
            drawings.AddRange(PictureTraces.Of([.. panel], axes[panel.Key.XAxis], axes[panel.Key.YAxis], bars));
        }

        PictureAxis Axis(string id) => axes.TryGetValue(id, out var axis) ? axis : axes[id] = new PictureAxis(id, layout.At($"{id[0]}axis{id[1..]}"));
    }

    /// <summary>Finds room for the labels, which need to know the room: twice is enough.</summary>
    private PictureArea Place(PictureLegend legend)
    {
        var area = Area(Margin("l", 60), Margin("b", 52), Margin("r", 20));
        PlaceAxes(area);
        var outer = Axes().Where(axis => axis.Drawing.IsOuter).ToList();
        var left = outer.Where(axis => !axis.Axis.IsX).Select(axis => axis.Drawing.Room).Append(Margin("l", 60)).Max();
        var below = outer.Where(axis => axis.Axis.IsX).Select(axis => axis.Drawing.Room).DefaultIfEmpty(0).Max() + legend.Height + (SliderNote is null ? 0 : 26);
        left = Math.Min(left, Width / 2);
        var right = drawings.OfType<HeatmapTrace>().Select(heatmap => heatmap.Bar?.Margin(Width - left) ?? 0).Concat(outer.Select(axis => axis.Drawing.Overhang)).Append(Margin("r", 20)).Max();
        area = Area(left, Math.Max(below + 4, Margin("b", 0)), right);
        PlaceAxes(area);
        return area;

        double Margin(string side, double usual) => Math.Clamp(layout.At("margin", side).Number() ?? layout.At("template", "layout", "margin", side).Number() ?? usual, 0, 1000);
        PictureArea Area(double left, double bottom, double right) =>
            new(left, Math.Max(Margin("t", 40), Title is null ? 0 : 16 + Title.Height), Width - left - right, height - Margin("t", 40) - bottom);
    }

    private void PlaceAxes(PictureArea area)
    {
        foreach (var axis in axes.Values)
        {
            axis.Place = axis.IsX ? (area.X(axis.Domain.Low), area.X(axis.Domain.High)) : (area.Y(axis.Domain.Low), area.Y(axis.Domain.High));
            axis.SetRange();
        }

        foreach (var axis in axes.Values)
        {
            if (axes.GetValueOrDefault(axis.Layout.At("scaleanchor").Text() ?? "") is { } other && other != axis)
            {
                axis.KeepScaleOf(other);
            }
        }
    }

    private PictureText? Title => layout.Title() is { Length: > 0 } title ? new PictureText(title, Math.Clamp(layout.At("title", "font", "size").Number() ?? TitleSize, 6, 40)) : null;

    /// <summary>What a slider says at its start.</summary>
    private PictureText? SliderNote => layout.At("sliders").Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } slider
        && slider.At("steps").Items().ElementAtOrDefault((int)Math.Clamp(slider.At("active").Number() ?? 0, 0, 1e6)).At("label").Text() is { } label
        ? new PictureText((slider.At("currentvalue", "prefix").Text() ?? "") + label) : null;

    private IEnumerable<(PictureAxis Axis, AxisDrawing Drawing)> Axes() => axes.Select(axis =>
    {
        var partners = traces.Where(trace => trace.XAxis == axis.Key || trace.YAxis == axis.Key).Select(trace => axis.Value.IsX ? trace.YAxis : trace.XAxis);
        var anchor = axis.Value.Layout.At("anchor").Text() is { } named && axes.TryGetValue(named, out var other) && other.IsX != axis.Value.IsX ? named : partners.First();
        return (axis.Value, new AxisDrawing(axis.Value, axes[anchor]));
    });

    private XElement Svg(PictureArea area, PictureLegend legend)
    {
        var svg = PictureSvg.Element("svg", ("viewBox", $"0 0 {Width} {height:0.#}"), ("width", $"{Width}"), ("height", height), ("class", "rnnbook-picture"),
            ("font-family", Fonts), ("font-size", PictureText.Size), ("fill", "#565c66"));
        svg.Add(PictureSvg.Element("style"));
        svg.Elements().Single().Add(Dark);
        svg.Add(traces.Select(trace => PictureMarker.Pattern(trace)?.Definition).Concat(drawings.OfType<HeatmapTrace>().Select(heatmap => heatmap.Bar?.Definition))
            .OfType<XElement>().DistinctBy(definition => definition.Attribute("id")!.Value));
        var standing = Axes().ToList();
        svg.Add(standing.SelectMany(axis => axis.Drawing.Grid()), marks.DrawShapes(area, below: true));
        svg.Add(drawings.GroupBy(drawing => (drawing.X, drawing.Y)).Select(panel => Panel(panel.Key.X, panel.Key.Y, panel.SelectMany(drawing => drawing.Draw()))));
        svg.Add(drawings.OfType<HeatmapTrace>().SelectMany(heatmap => heatmap.Bar?.Draw(area) ?? []));
        svg.Add(marks.DrawShapes(area, below: false), standing.SelectMany(axis => axis.Drawing.Words()), marks.DrawNotes(area));
        var below = area.Bottom + standing.Where(axis => axis.Axis.IsX && axis.Drawing.IsOuter).Select(axis => axis.Drawing.Room).DefaultIfEmpty(0).Max();
        svg.Add(legend.Draw(12, below, Width - 24));
        svg.Add(SliderNote?.Draw(12, below + legend.Height + 18, mostWidth: Width - 24));
        var isCentred = layout.At("title", "x").Number() is not < 0.4 and not null || (!layout.At("title", "x").IsThere() && !layout.At("template", "layout", "title", "x").IsThere());
        svg.Add(Title?.Draw(isCentred ? Width / 2 : 6, 10 + TitleSize, isCentred ? "middle" : "start", Width - 12));
        return svg;
    }

    /// <summary>A panel shows nothing outside of its axes.</summary>
    private static XElement Panel(PictureAxis x, PictureAxis y, IEnumerable<XElement> content)
    {
        var (left, top) = (x.Place.Start, y.Place.End);
        var panel = PictureSvg.Element("svg", ("x", left), ("y", top), ("width", x.Length), ("height", y.Length),
            ("viewBox", $"{left:0.#} {top:0.#} {x.Length:0.#} {y.Length:0.#}"), ("overflow", "hidden"));
        panel.Add(content);
        return panel;
    }
}
