namespace RnnBook.Figures;

/// <summary>The forms in which figures and tables are given to a host.</summary>
public static class MimeTypes
{
    /// <summary>A figure as plotly.js data: {data, layout, config, frames}.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>Html that draws itself.</summary>
    public const string Html = "text/html";

    /// <summary>Words.</summary>
    public const string Plain = "text/plain";
}
