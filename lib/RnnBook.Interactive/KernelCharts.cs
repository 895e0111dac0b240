using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using RnnBook.Showing;

namespace RnnBook.Interactive;

/// <summary>
/// Shows Plotly.NET's charts on a kernel of .NET Interactive in the book's look. Nothing here is touched on another host.
/// </summary>
internal static class KernelCharts
{
    /// <summary>A formatter that a notebook registers afterwards, such as the one of Plotly.NET.Interactive, takes over.</summary>
    public static void Register()
    {
        Formatter.Register<GenericChart>(
            (chart, writer) =>
            {
                var shown = GuestChart.Read(GenericChart.toJson(chart));
                writer.Write(PlotlyHtml.Fragment(shown.Figure, shown.AlternativeText));
            },
            Figures.MimeTypes.Html);
        Formatter.Register<GenericChart>(
            (chart, writer) => writer.Write(GuestChart.Read(GenericChart.toJson(chart)).AlternativeText), Figures.MimeTypes.Plain);
    }
}
