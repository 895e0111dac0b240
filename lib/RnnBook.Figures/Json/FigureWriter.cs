using System.Text.Json.Nodes;

namespace RnnBook.Figures;

/// <summary>Writes a figure as plotly.js (version 4) takes it: data, layout, config, frames.</summary>
internal static class FigureWriter
{
    private const int FrameMaxPoints = 400;

    public static JsonObject Write(Figure figure) => figure.Frames is { } frames
        ? SliderWriter.Write(figure, frames, frame => Draw(frame, FrameMaxPoints))
        : Draw(figure, Thinning.MaxPoints);

    private static JsonObject Draw(Figure figure, int maxPoints)
    {
        IReadOnlyList<Figure> figures = figure.Panels.Count > 0 ? figure.Panels : [figure];
        var styles = new SeriesStyles(figure, figures);
        var layout = LayoutWriter.Start(figure, styles, figures);
        var rows = (figures.Count + figure.Columns - 1) / figure.Columns;
        var plotHeight = figure.Height ?? LayoutWriter.PlotHeight(figures, rows);
        var panels = Panel.Cut(figures.Count, figure.Columns, 0.13, Math.Min(0.3, 105.0 / (plotHeight * rows)));

        var data = new JsonArray();
        var shapes = new JsonArray();
        var annotations = new JsonArray();
        foreach (var place in panels)
        {
            var part = figures[place.Index];
            var panel = figure.Columns > 1 && part.Series.Any(s => !s.HasLegend) ? place.WithColorBar() : place;
            var traces = new PanelTraces(part, styles, panel, maxPoints, data);
            AxisWriter.Write(layout, part, panel);
            part.Series.ForEach(series => series.Write(traces));
            part.Marks.ForEach(mark => mark.Write(part, panel.XAxis, panel.YAxis, shapes, annotations));
            if (figure.Panels.Count > 0)
            {
                LayoutWriter.AddPanelTitle(annotations, part, panel);
            }
        }

        layout["shapes"] = shapes;
        layout["annotations"] = annotations;
        return new JsonObject { ["data"] = data, ["layout"] = layout, ["config"] = PlotlyTemplate.Config() };
    }
}
