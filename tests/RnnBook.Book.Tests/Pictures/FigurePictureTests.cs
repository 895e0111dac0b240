using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RnnBook.Cli;

namespace RnnBook.Book.Tests;

/// <summary>Figures as pictures: what they show lies where their axes say, and nothing that a figure may hold breaks them.</summary>
public sealed partial class FigurePictureTests
{
    private const string Axes = """{"xaxis":{"range":[0,10]},"yaxis":{"range":[0,100]}}""";

    [Fact]
    public void The_points_of_a_line_lie_where_the_axes_say()
    {
        var svg = Draw($$"""{"data":[{"x":[0,5,10],"y":[0,20,100],"mode":"lines"}],"layout":{{Axes}} }""");
        var points = Points(Line(svg));
        var (x, y) = (Scale(svg, "0", "10", IsOfX), Scale(svg, "0", "100", IsOfY));
        Assert.Equal([x(0), x(5), x(10)], points.Select(point => point.X), Near);
        Assert.Equal([y(0), y(20), y(100)], points.Select(point => point.Y), Near);
        Assert.True(points[0].Y > points[2].Y, "up is up");
    }

    [Fact]
    public void A_logarithmic_axis_has_its_decades_at_equal_distances()
    {
        var svg = Draw("""{"data":[{"x":[1,2,3,4],"y":[1,1000,10,100],"mode":"lines"}],"layout":{"yaxis":{"type":"log","exponentformat":"power","dtick":1,"range":[-1,4]}}}""");
        var points = Points(Line(svg));
        var step = points[0].Y - points[2].Y;
        Assert.Equal([step, step], [points[2].Y - points[3].Y, points[3].Y - points[1].Y], Near);
        var y = Scale(svg, "1", "10", IsOfY);
        Assert.Equal(points[0].Y, y(1), Near);
        Assert.Equal(["10−1", "1", "10", "102", "103", "104"], Texts(svg).Where(IsOfY).Select(text => text.Value));
    }

    [Fact]
    public void Zero_on_a_logarithmic_axis_is_a_gap()
    {
        var svg = Draw("""{"data":[{"x":[1,2,3,4],"y":[1,0,100,-1],"mode":"markers"}],"layout":{"yaxis":{"type":"log"}}}""");
        Assert.Equal(2, Moves(svg.Descendants(PictureSvg.Svg + "path").Single(path => path.Attribute("stroke-linecap") is not null)));
    }

    [Fact]
    public void A_gap_splits_the_line()
    {
        var svg = Draw("""{"data":[{"x":[0,1,2,3,4],"y":[1,2,null,3,4],"mode":"lines"}],"layout":{}}""");
        Assert.Equal(2, Moves(Line(svg)));
        Assert.Equal(1, Moves(Line(Draw("""{"data":[{"x":[0,1,2],"y":[1,null,4],"mode":"lines","connectgaps":true}],"layout":{}}"""))));
    }

    [Fact]
    public void A_long_line_keeps_its_spikes_and_becomes_short()
    {
        var values = Enumerable.Range(0, 200_000).Select(i => i == 123_456 ? 50 : i % 2);
        var text = FigurePicture.Draw(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject { ["y"] = new JsonArray([.. values.Select(value => (JsonNode)value)]), ["mode"] = "lines" }),
            ["layout"] = new JsonObject(),
        });
        Assert.InRange(text!.Length, 1, 60_000);
        var points = Points(Line(XElement.Parse(text)));
        Assert.True(points.Max(point => point.Y) - points.Min(point => point.Y) > 200, "the spike is there");
    }

    [Theory]
    [InlineData("", "height", "y")]
    [InlineData("\"orientation\":\"h\",", "width", "x")]
    public void Bars_are_as_long_as_their_values(string orientation, string length, string along)
    {
        var (places, values) = along == "y" ? ("x", "y") : ("y", "x");
        var svg = Draw($$$"""
            {"data":[{"type":"bar",{{{orientation}}}"{{{places}}}":["a","b","c"],"{{{values}}}":[1,2,-4],"error_{{{along}}}":{"type":"data","array":[1,1,1]}},
            {"type":"bar",{{{orientation}}}"{{{places}}}":["a","b","c"],"{{{values}}}":[3,3,3]}],"layout":{"barmode":"group","showlegend":false}}
            """);
        var bars = svg.Descendants(PictureSvg.Svg + "rect").Select(bar => Number(bar, length)).ToList();
        Assert.Equal(6, bars.Count);
        Assert.Equal([bars[0], 2 * bars[0], 4 * bars[0], 3 * bars[0]], bars.Take(4), (a, b) => Math.Abs(a - b) < 0.5);
        Assert.Single(svg.Descendants(PictureSvg.Svg + "path"), path => Moves(path) == 9); // three error bars of three strokes
    }

    [Fact]
    public void A_heatmap_has_its_cells_in_its_colours()
    {
        var svg = Draw("""{"data":[{"type":"heatmap","z":[[0,1,2],[3,4,8]],"colorscale":[[0,"#000000"],[1,"#ff0000"]]}],"layout":{"yaxis":{"autorange":"reversed"}}}""");
        var cells = svg.Descendants(PictureSvg.Svg + "path").Where(path => path.Attribute("shape-rendering") is not null).ToList();
        Assert.Equal(6, cells.Sum(Moves));
        Assert.Equal(["#000000", "#ff0000", "#820000"], [Of(0), Of(5), Of(4)]);
        Assert.True(Points(cells[0])[0].Y < Points(cells[5])[0].Y, "the first row is on top");
        Assert.Contains("8", Texts(svg).Where(text => text.Attribute("text-anchor")!.Value == "start").Select(text => text.Value));
        string Of(int cell) => cells[cell].Attribute("stroke")!.Value;
    }

    [Fact]
    public void Panels_lie_in_their_domains()
    {
        var svg = Draw("""
            {"data":[{"x":[0,1],"y":[0,1]},{"x":[0,1],"y":[0,1],"xaxis":"x2","yaxis":"y2"}],
            "layout":{"xaxis":{"domain":[0,0.4]},"xaxis2":{"domain":[0.5,1],"anchor":"y2"},"yaxis2":{"domain":[0.5,1],"anchor":"x2"},"showlegend":false}}
            """);
        var panels = svg.Elements(PictureSvg.Svg + "svg").ToList();
        Assert.Equal(2, panels.Count);
        var whole = Number(panels[1], "x") + Number(panels[1], "width") - Number(panels[0], "x");
        Assert.Equal([0.4 * whole, 0.5 * whole, 0.5 * Number(panels[0], "height")],
            [Number(panels[0], "width"), Number(panels[1], "x") - Number(panels[0], "x"), Number(panels[1], "height")], (a, b) => Math.Abs(a - b) < 0.2);
    }

    [Fact]
    public void A_slider_shows_its_start_and_says_it()
    {
        var svg = Draw("""
            {"data":[{"x":[0,1],"y":[1,2],"mode":"lines"}],"layout":{"sliders":[{"active":1,"currentvalue":{"prefix":"ρ = "},"steps":[{"label":"0.9"},{"label":"1.1"}]}]},
            "frames":[{"name":"0.9","data":[{"x":[0,1],"y":[7,7]}]},{"name":"1.1","data":[{"x":[0,1],"y":[1,2]}]}]}
            """);
        Assert.Contains("ρ = 1.1", Texts(svg).Select(text => text.Value));
        Assert.NotEqual(Points(Line(svg))[0].Y, Points(Line(svg))[1].Y);
    }

    [Fact]
    public void Text_is_text_and_a_few_tags_are_heeded()
    {
        var svg = Draw("""
            {"data":[{"x":[0,1],"y":[1,2]}],"layout":{"title":{"text":"a &lt; b & c<d <script>alert(1)</script>\u0001"},"xaxis":{"title":{"text":"<b>W</b><sub>hh</sub> to the <i>n</i>"}}}}
            """);
        Assert.Empty(svg.Descendants(PictureSvg.Svg + "script"));
        Assert.Contains(Texts(svg), text => text.Value.StartsWith("a < b & c<d alert(1)", StringComparison.Ordinal));
        var title = Texts(svg).Single(text => text.Value == "Whh to the n");
        Assert.Equal("bold", title.Elements().First().Attribute("font-weight")!.Value);
        Assert.StartsWith("3", title.Elements().ElementAt(1).Attribute("dy")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_of_a_figure_bring_no_address()
    {
        var svg = FigurePicture.Draw(Parse("""{"data":[{"x":[0,1],"y":[1,2],"line":{"color":"url(https://example.org/x)"},"marker":{"color":"javascript:alert(1)"}}],"layout":{}}"""));
        Assert.DoesNotContain("example.org", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_packed_by_other_programs_are_read()
    {
        var packed = Convert.ToBase64String([.. BitConverter.GetBytes(0.0), .. BitConverter.GetBytes(10.0)]);
        var svg = Draw($$$"""{"data":[{"x":{"dtype":"f8","bdata":"{{{packed}}}"},"y":{"dtype":"i1","bdata":"AGQ="},"mode":"lines"}],"layout":{{{Axes}}} }""");
        Assert.Equal([Scale(svg, "0", "10", IsOfX)(0), Scale(svg, "0", "10", IsOfX)(10)], Points(Line(svg)).Select(point => point.X), Near);
    }

    [Theory]
    [InlineData("""{"data":[{"type":"surface","z":[[1,2],[3,4]]}],"layout":{}}""")]
    [InlineData("""{"data":[{"type":"pie","values":[1,2]}],"layout":{}}""")]
    [InlineData("""{"data":[{"x":["2026-01-01","2026-01-02"],"y":[1,2]}],"layout":{}}""")]
    [InlineData("""{"data":[{"x":[1,2],"y":[1,2],"mode":"text","text":["a","b"]}],"layout":{}}""")]
    [InlineData("""{"data":[{"x":[1,2],"y":[1,2]}],"layout":{"shapes":[{"type":"path","path":"M0 0L1 1"}]}}""")]
    [InlineData("""{"data":[{"type":"heatmap","z":[[1]],"colorscale":"Rainbow"}],"layout":{}}""")]
    [InlineData("""{"data":[],"layout":{}}""")]
    [InlineData("""{"data":"x","layout":[]}""")]
    [InlineData("{}")]
    public void What_cannot_be_drawn_truly_has_no_picture(string figure) => Assert.Null(FigurePicture.Draw(Parse(figure)));

    [Fact]
    public void Whatever_a_figure_holds_its_picture_is_whole_or_there_is_none()
    {
        JsonNode?[] pieces =
        [
            null, true, -1, 0, 3.5, 1e308, -1e308, 1e-320, 1e15, "", "x", "NaN", "1e999", "2026-01-01", "x7", "#zzz", "<b>", "<br><br>", "\u0000\ud800", new string('W', 5000),
            JsonNode.Parse("1e400"), JsonNode.Parse("[]"), JsonNode.Parse("{}"), JsonNode.Parse("[null]"), JsonNode.Parse("[[]]"), JsonNode.Parse("""{"dtype":"f8","bdata":"AAA"}"""),
            JsonNode.Parse("""{"dtype":"i2","bdata":"AAAA"}"""), JsonNode.Parse("[1e308,-1e308]"), JsonNode.Parse("[0,0]"), JsonNode.Parse("[5,\"a\",null,{}]"), "log", "reversed", "category", "toself", "h", "stack",
        ];
        var random = new Random(20261129);
        var drawn = 0;
        for (var i = 0; i < 4000; i++)
        {
            var figure = Parse(Everything);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var places = Places(figure).ToList();
                var (parent, key) = places[random.Next(places.Count)];
                var piece = pieces[random.Next(pieces.Length)]?.DeepClone();
                _ = parent is JsonArray array ? array[(int)key] = piece : parent[(string)key] = piece;
            }

            if (FigurePicture.Draw(figure) is not { } svg)
            {
                continue;
            }

            drawn++;
            XElement.Parse(svg);
            Assert.False(NoPlace().IsMatch(svg), figure.ToJsonString());
            Assert.InRange(svg.Length, 1, 130_000);
        }

        Assert.InRange(drawn, 1000, 3900);
    }

    [Fact]
    public void The_same_figure_gives_the_same_bytes() => Assert.Equal(FigurePicture.Draw(Parse(Everything)), FigurePicture.Draw(Parse(Everything)));

    /// <summary>A figure with all that is drawn.</summary>
    private const string Everything = """
        {"data":[
          {"type":"scatter","x":[1,2,3,null],"y":[0.1,10,1000,3],"mode":"lines+markers","name":"a<sub>1</sub>","line":{"color":"#1F78C8","width":2,"dash":"9px,3px"},
           "marker":{"symbol":"star","size":7,"maxdisplayed":2},"error_y":{"type":"data","array":[1,2,3],"arrayminus":[0.01,1,1]}},
          {"type":"scatter","x":[1,2,2,1],"y":[1,1,5,5],"fill":"toself","fillcolor":"rgba(1,2,3,0.2)","line":{"width":0},"mode":"lines","showlegend":false},
          {"type":"scatter","x":[1,2],"y":[2,3],"fill":"tonexty","xaxis":"x","yaxis":"y","opacity":0.5},
          {"type":"bar","x":["a","b"],"y":[1,2],"xaxis":"x2","yaxis":"y2","marker":{"color":"red","pattern":{"shape":"/"}},"width":0.5},
          {"type":"bar","x":["a","c"],"y":[1,2],"xaxis":"x2","yaxis":"y2"},
          {"type":"heatmap","z":[[1,2],[3,null]],"x":[1,10],"xaxis":"x3","yaxis":"y3","colorscale":"Viridis","zmin":0,"zmax":4,"colorbar":{"title":{"text":"z"},"x":1,"y":0.5,"len":1,"dtick":1}}],
         "layout":{"height":420,"title":{"text":"T","x":0,"font":{"size":16}},"margin":{"l":60,"r":20,"t":50,"b":60},"barmode":"group","bargap":0.25,"showlegend":true,
          "xaxis":{"domain":[0,0.3],"title":{"text":"x"},"range":[0,4],"dtick":1},"yaxis":{"type":"log","exponentformat":"power","range":[-2,4]},
          "xaxis2":{"domain":[0.4,0.6],"anchor":"y2"},"yaxis2":{"anchor":"x2"},"xaxis3":{"domain":[0.7,0.9],"anchor":"y3","type":"log","constrain":"domain"},
          "yaxis3":{"anchor":"x3","scaleanchor":"x3","constrain":"domain","autorange":"reversed","tickvals":[0,1],"ticktext":["p","q"]},
          "shapes":[{"type":"line","xref":"x domain","x0":0,"x1":1,"yref":"y","y0":5,"y1":5,"label":{"text":"five","textposition":"end","yanchor":"bottom"}},{"type":"rect","x0":1,"x1":2,"y0":1,"y1":10}],
          "annotations":[{"text":"note","x":1,"y":1,"xref":"x","yref":"y","ax":20,"ay":-30},{"text":"<b>panel</b>","xref":"paper","yref":"paper","x":0,"y":1,"showarrow":false,"yshift":6}],
          "sliders":[{"active":0,"currentvalue":{"prefix":"s = "},"steps":[{"label":"1"}]}]}}
        """;

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node) => node switch
    {
        JsonObject json => json.ToList().SelectMany(entry => Places(entry.Value, json, entry.Key)),
        JsonArray array => array.ToList().SelectMany((item, index) => Places(item, array, index)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node, JsonNode parent, object key) =>
        (node is null ? [] : Places(node)).Prepend((parent, key));

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static XElement Draw(string figure) => XElement.Parse(FigurePicture.Draw(Parse(figure)) ?? throw new InvalidOperationException("no picture"));

    private static XElement Line(XElement svg) => svg.Descendants(PictureSvg.Svg + "path").Single(path => path.Attribute("stroke-linejoin") is not null);

    private static IEnumerable<XElement> Texts(XElement svg) => svg.Descendants(PictureSvg.Svg + "text");

    private static bool IsOfX(XElement label) => label.Attribute("text-anchor")!.Value == "middle";

    private static bool IsOfY(XElement label) => label.Attribute("text-anchor")!.Value == "end";

    /// <summary>From values to pixels, by two labels of an axis.</summary>
    private static Func<double, double> Scale(XElement svg, string first, string second, Func<XElement, bool> isOfAxis)
    {
        var labels = Texts(svg).Where(isOfAxis).ToList();
        var isX = isOfAxis == IsOfX;
        var (from, to) = (At(first), At(second));
        var (low, high) = (double.Parse(first, CultureInfo.InvariantCulture), double.Parse(second, CultureInfo.InvariantCulture));
        return value => from + ((value - low) / (high - low) * (to - from));

        // A label of the vertical axis stands a third of its size below its place.
        double At(string text) => labels.First(label => label.Value == text) is var found && isX
            ? Number(found, "x") : Number(found, "y") - (Number(found.Elements().First(), "font-size") / 3);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static int Moves(XElement path) => path.Attribute("d")!.Value.Count(letter => letter == 'M');

    private static List<(double X, double Y)> Points(XElement path)
    {
        var points = new List<(double X, double Y)>();
        foreach (Match step in Step().Matches(path.Attribute("d")!.Value))
        {
            var (x, y) = (double.Parse(step.Groups[2].ValueSpan, CultureInfo.InvariantCulture), double.Parse(step.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
            points.Add(step.Groups[1].Value == "M" ? (x, y) : (points[^1].X + x, points[^1].Y + y));
        }

        return points;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 0.11;

    [GeneratedRegex("""\b(d|x|y|width|height|viewBox|font-size)="[^"]*(NaN|Infinity)""")]
    private static partial Regex NoPlace();

    [GeneratedRegex(@"([Ml])(-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Step();
}
