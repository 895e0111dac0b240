using MathNet.Numerics.LinearAlgebra;

namespace RnnBook.Interactive;

/// <summary>
/// The libraries that a notebook gets with this one. A host puts an assembly into a cell's scope only if what <c>#r</c> names mentions it,
/// so each is mentioned here by one of its types.
/// </summary>
public static class Libraries
{
    /// <summary>One type of each library.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(Activation), typeof(ClaimBook), typeof(Exercise), typeof(Figures.Figure), typeof(Study), typeof(AddingProblem),
        typeof(Matrix<double>),
        typeof(DynamicObj.DynamicObj), typeof(Giraffe.ViewEngine.HtmlElements), typeof(Microsoft.FSharp.Core.Unit),
        typeof(Newtonsoft.Json.JsonConvert),
        typeof(Plotly.NET.GenericChart), typeof(Plotly.NET.CSharp.Chart), typeof(Plotly.NET.Interactive.Formatters),
    ];
}
