using System.Numerics;
using RnnBook.Shared;

namespace RnnBook.Figures;

/// <summary>
/// A figure as plain data: series, axes, marks. It shows itself as the last expression of a notebook cell, on the book's
/// site, and from a console by <see cref="Open"/>; what is drawn is a plotly.js figure, <see cref="ToJson"/>.
/// </summary>
/// <remarks>
/// NaN and infinite values are gaps. On a logarithmic axis values that are not positive are left out, and the figure says
/// how many. Series of the same name share colour and legend entry, over all panels and frames of the figure.
/// </remarks>
/// <example><code>
/// new Figure("How far the gradient reaches") { X = "time step t", Y = "‖∂L/∂h_t‖", LogY = true }
///     .Line(norms, "tanh")
///     .HorizontalLine(1, "no loss")
/// </code></example>
[TypeFormatterSource(typeof(FigureFormatters), PreferredMimeTypes = [MimeTypes.Html])]
public sealed class Figure
{
    /// <summary>Makes an empty figure.</summary>
    /// <param name="title">What the figure shows, best as one short line. May contain <c>&lt;b&gt; &lt;i&gt; &lt;sub&gt; &lt;sup&gt; &lt;br&gt;</c>.</param>
    public Figure(string title = "") => Title = title;

    /// <summary>What the figure shows.</summary>
    public string Title { get; set; }

    /// <summary>A second, smaller line: what to look for. It is part of the alternative text.</summary>
    public string Subtitle { get; set; } = "";

    /// <summary>Name of the horizontal axis, with its unit.</summary>
    public string X { get; set; } = "";

    /// <summary>Name of the vertical axis, with its unit.</summary>
    public string Y { get; set; } = "";

    /// <summary>Name of what colour (heatmap) or height (surface) stands for.</summary>
    public string Z { get; set; } = "";

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool LogX { get; set; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool LogY { get; set; }

    /// <summary>Ends of the horizontal axis in its own unit (not logarithms); null fits the data.</summary>
    public (double Low, double High)? XRange { get; set; }

    /// <summary>Ends of the vertical axis in its own unit (not logarithms); null fits the data.</summary>
    public (double Low, double High)? YRange { get; set; }

    /// <summary>Ends of a heatmap's colours in their own unit (not logarithms), the same for panels to be compared; null fits the data.</summary>
    public (double Low, double High)? ZRange { get; set; }

    /// <summary>Whether one unit is as long on both axes, as for points in the complex plane.</summary>
    public bool EqualScale { get; set; }

    /// <summary>Height of the drawing area in pixels; null chooses one that suits the content.</summary>
    public int? Height { get; set; }

    /// <summary>The author's words for readers who cannot see the figure; null derives them from the data.</summary>
    public string? Alt { get; set; }

    /// <summary>
    /// Names in the order that gives colours, also of series that this figure lacks. Set the same order on several figures
    /// and a contestant keeps its colour in all of them. Null takes the order of appearance. Activations and networks of the book have
    /// colours of their own, whatever the order.
    /// </summary>
    public IReadOnlyList<string>? SeriesOrder { get; set; }

    /// <summary>The effective alternative text: <see cref="Alt"/>, or one that tells title, axes, series and ranges.</summary>
    public string AlternativeText => RnnBook.Figures.AlternativeText.Of(this);

    internal List<Series> Series { get; } = [];

    internal List<Mark> Marks { get; } = [];

    /// <summary>The panels of a grid; empty for a figure that draws itself.</summary>
    internal IReadOnlyList<Figure> Panels { get; private init; } = [];

    internal int Columns { get; private init; } = 1;

    /// <summary>The frames that a slider moves through; null where there is none.</summary>
    internal SliderFrames? Frames { get; private init; }

    /// <summary>Draws values against their index 0, 1, 2, …</summary>
    /// <param name="y">Values; NaN is a gap.</param>
    /// <param name="name">Name in the legend.</param>
    public Figure Line<T>(IEnumerable<T> y, string name = "")
        where T : INumber<T>
    {
        var values = Values.Of(y);
        return Add(new LineSeries(name, Values.Indices(values.Length), values));
    }

    /// <summary>Draws a line through points.</summary>
    /// <param name="x">Positions, increasing unless the line is a path.</param>
    /// <param name="y">As many values; NaN is a gap.</param>
    /// <param name="name">Name in the legend.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string name = "")
        where TX : INumber<TX>
        where TY : INumber<TY> => Add(new LineSeries(name, Values.Of(x), Values.Of(y)));

    /// <summary>Draws a tensor's values in row-major order against their index.</summary>
    public Figure Line(Tensor y, string name = "") => Line(Values.Of(y), name);

    /// <summary>Draws a function at the given positions.</summary>
    public Figure Line(IEnumerable<double> x, Func<double, double> f, string name = "")
    {
        ArgumentNullException.ThrowIfNull(f);
        var positions = Values.Of(x);
        return Add(new LineSeries(name, positions, Array.ConvertAll(positions, v => f(v))));
    }

    /// <summary>Draws the median of several runs as a line and their range (minimum to maximum) as a band of the same colour.</summary>
    /// <param name="x">Positions, increasing.</param>
    /// <param name="runs">One array a run (a seed), each as long as <paramref name="x"/>; a run that ended early may be shorter.</param>
    /// <param name="name">Name in the legend.</param>
    /// <remarks>Where fewer than half of the runs have a value there is a gap, so that survivors alone never make a line.</remarks>
    /// <exception cref="ArgumentException">No run, or a run longer than <paramref name="x"/>.</exception>
    public Figure Band<T>(IEnumerable<T> x, IEnumerable<double[]> runs, string name = "")
        where T : INumber<T> => Add(new BandSeries(name, Values.Of(x), [.. runs]));

    /// <summary>
    /// The same for runs that were measured each at positions of its own (seconds, say): between its points a run is read
    /// off by straight lines, at common positions; before its first and after its last point it has no value.
    /// </summary>
    /// <param name="positions">For each run its positions, increasing.</param>
    /// <param name="runs">For each run as many values.</param>
    /// <param name="name">Name in the legend.</param>
    /// <exception cref="ArgumentException">No run, or lengths that differ.</exception>
    public Figure Band(IEnumerable<double[]> positions, IEnumerable<double[]> runs, string name = "") =>
        Add(BandSeries.Align(name, [.. positions], [.. runs]));

    /// <summary>Draws points.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Figure Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string name = "")
        where TX : INumber<TX>
        where TY : INumber<TY> => Add(new ScatterSeries(name, Values.Of(x), Values.Of(y)));

    /// <summary>Draws a bar for each label.</summary>
    /// <param name="labels">Names of the bars, all different.</param>
    /// <param name="values">Heights.</param>
    /// <param name="name">Name in the legend.</param>
    /// <param name="errors">Half lengths of error bars; null draws none.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Figure Bars<T>(IEnumerable<string> labels, IEnumerable<T> values, string name = "", IEnumerable<double>? errors = null)
        where T : INumber<T>
    {
        var heights = Values.Of(values);
        var half = errors is null ? null : Values.Of(errors);
        return Add(new BarSeries(name, [.. labels], heights, half, half));
    }

    /// <summary>Draws a bar for each label: the median of its runs, with a whisker from their minimum to their maximum.</summary>
    /// <param name="labels">Names of the bars, all different.</param>
    /// <param name="runs">For each label the values of its runs, at least one.</param>
    /// <param name="name">Name in the legend.</param>
    public Figure Bars(IEnumerable<string> labels, IEnumerable<double[]> runs, string name = "") =>
        Add(BarSeries.OverRuns(name, [.. labels], [.. runs]));

    /// <summary>Draws how often values fall into bins of equal width; histograms of one figure share their bins.</summary>
    /// <param name="values">Values; those that are not finite are left out.</param>
    /// <param name="name">Name in the legend.</param>
    /// <param name="bins">Number of bins.</param>
    public Figure Histogram<T>(IEnumerable<T> values, string name = "", int bins = 40)
        where T : INumber<T> => Add(new HistogramSeries(name, Values.Of(values), bins));

    /// <summary>Draws how often a tensor's values fall into bins of equal width.</summary>
    public Figure Histogram(Tensor values, string name = "", int bins = 40) => Histogram(Values.Of(values), name, bins);

    /// <summary>Draws a table of numbers in colours.</summary>
    /// <param name="z">Values, [row, column].</param>
    /// <param name="x">Position of each column; null counts them.</param>
    /// <param name="y">Position of each row, drawn upwards; null counts rows from the top, as a matrix is written.</param>
    /// <param name="logColor">Colours stand for powers of ten; values that are not positive are gaps.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <remarks>When the values have both signs the colours are centred on zero.</remarks>
    public Figure Heatmap(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null, bool logColor = false) =>
        Add(new HeatmapSeries(z, x?.ToArray(), y?.ToArray(), logColor));

    /// <summary>Draws a matrix in colours, row 0 on top.</summary>
    public Figure Heatmap(MathNet.Numerics.LinearAlgebra.Matrix<double> matrix, bool logColor = false)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Heatmap(matrix.ToArray(), logColor: logColor);
    }

    /// <summary>Draws a tensor of two axes in colours, row 0 on top.</summary>
    /// <exception cref="ArgumentException">The tensor has not two axes.</exception>
    public Figure Heatmap(Tensor table, bool logColor = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Heatmap(table.ToMatrix(), logColor);
    }

    /// <summary>Draws a height over a plane, in space.</summary>
    /// <param name="z">Heights, [row, column].</param>
    /// <param name="x">Position of each column; null counts them.</param>
    /// <param name="y">Position of each row; null counts them.</param>
    public Figure Surface(double[,] z, IEnumerable<double>? x = null, IEnumerable<double>? y = null) =>
        Add(new SurfaceSeries(z, x?.ToArray(), y?.ToArray()));

    /// <summary>Draws a horizontal reference line over the whole width.</summary>
    public Figure HorizontalLine(double y, string text = "") => Add(new HorizontalMark(y, text));

    /// <summary>Draws a vertical reference line over the whole height.</summary>
    public Figure VerticalLine(double x, string text = "") => Add(new VerticalMark(x, text));

    /// <summary>Writes a note beside a point, with an arrow to it.</summary>
    public Figure Note(double x, double y, string text) => Add(new NoteMark(x, y, text));

    /// <summary>Puts figures side by side, row by row.</summary>
    /// <param name="columns">Panels in a row, at least 1.</param>
    /// <param name="panels">The figures; their titles become the panels' titles.</param>
    public static Figure Grid(int columns, params Figure[] panels) => Grid("", columns, panels);

    /// <summary>Puts figures side by side, row by row, under one title.</summary>
    public static Figure Grid(string title, int columns, params Figure[] panels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Length == 0 || panels.Any(p => p.Panels.Count > 0 || p.Frames is not null))
        {
            throw new ArgumentException("A grid needs at least one figure, each neither a grid nor a slider.", nameof(panels));
        }

        return new Figure(title) { Panels = panels, Columns = Math.Min(columns, panels.Length) };
    }

    /// <summary>Makes one figure a slider moves through: every frame is computed now, so that it also works on a static page.</summary>
    /// <param name="label">Name of what the slider changes.</param>
    /// <param name="values">Its values, one frame each.</param>
    /// <param name="draw">Draws the figure for a value: always the same series, in the same order.</param>
    /// <param name="start">Index of the frame shown first.</param>
    /// <remarks>Axes that have no range of their own keep one range over all frames, so that what moves is the data.</remarks>
    /// <exception cref="ArgumentException">No value, or frames whose series differ.</exception>
    public static Figure Slider<T>(string label, IEnumerable<T> values, Func<T, Figure> draw, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var frames = values.Select(v => (Label: Text.Short(v), Figure: draw(v))).ToList();
        if (frames.Count == 0)
        {
            throw new ArgumentException("A slider needs at least one value.", nameof(values));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, frames.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        return new Figure { Frames = new SliderFrames(label, frames, start) };
    }

    /// <summary>The plotly.js figure: an object with data, layout, config and, for a slider, frames.</summary>
    public string ToJson() => FigureWriter.Write(this).ToJsonString();

    /// <summary>Writes the figure as one html file.</summary>
    /// <param name="path">Where; an existing file is replaced at once or not at all.</param>
    /// <param name="plotlyScript">A plotly.min.js to put into the file, so that it needs no network; null refers to its address.</param>
    /// <exception cref="IOException">The file cannot be written, or the script not read.</exception>
    public void Save(string path, string? plotlyScript = null) =>
        AtomicFile.WriteText(path, FigureHtml.Page(this, plotlyScript is null ? null : File.ReadAllText(plotlyScript)));

    /// <summary>Writes the figure to a temporary html file and opens it with the system's browser.</summary>
    /// <returns>The file's path, also when no browser could be started.</returns>
    public string Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"figure-{Guid.NewGuid():N}.html");
        Save(path);
        Browser.TryOpen(path);
        return path;
    }

    /// <summary>Title and alternative text.</summary>
    public override string ToString() => AlternativeText;

    /// <summary>The figure as it is now; series are never changed in place, so they can be shared.</summary>
    internal Figure Snapshot()
    {
        var copy = new Figure(Title)
        {
            Subtitle = Subtitle,
            X = X,
            Y = Y,
            Z = Z,
            LogX = LogX,
            LogY = LogY,
            XRange = XRange,
            YRange = YRange,
            ZRange = ZRange,
            EqualScale = EqualScale,
            Height = Height,
            Alt = Alt,
            SeriesOrder = SeriesOrder,
            Panels = Panels,
            Columns = Columns,
            Frames = Frames,
        };
        copy.Series.AddRange(Series);
        copy.Marks.AddRange(Marks);
        return copy;
    }

    internal Figure Add(Series series)
    {
        RequireDrawable();
        Series.Add(series);
        return this;
    }

    private Figure Add(Mark mark)
    {
        RequireDrawable();
        Marks.Add(mark);
        return this;
    }

    private void RequireDrawable()
    {
        if (Panels.Count > 0 || Frames is not null)
        {
            throw new InvalidOperationException("A grid or slider draws the figures it is made of: add the series to those.");
        }
    }
}
