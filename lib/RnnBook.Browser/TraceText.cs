using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace RnnBook.Notebook;

/// <summary>An exception's stack trace with lines. This runtime knows places only as offsets in a method's code: what the compiler wrote of the cell turns them into lines.</summary>
internal static class TraceText
{
    private static readonly Dictionary<string, MetadataReader> Symbols = [];

    /// <summary>Keeps what the compiler wrote of a cell.</summary>
    public static void Keep(string assembly, Stream symbols) =>
        Symbols[assembly] = MetadataReaderProvider.FromPortablePdbStream(symbols, MetadataStreamOptions.PrefetchMetadata).GetMetadataReader();

    public static string? Of(Exception exception)
    {
        var text = new StringBuilder();
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (frame.GetMethod() is { } method)
            {
                text.Append("   at ").Append(NameOf(method)).Append(PlaceOf(frame, method)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string NameOf(MethodBase method) => $"{method.DeclaringType?.FullName?.Replace('+', '.')}.{method.Name}"
        + $"({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})";

    private static string PlaceOf(StackFrame frame, MethodBase method)
    {
        if (!Symbols.TryGetValue(method.Module.Assembly.GetName().Name!, out var reader))
        {
            return "";
        }

        var offset = frame.GetILOffset();
        var points = reader.GetMethodDebugInformation((MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken)).GetSequencePoints()
            .Where(point => !point.IsHidden).ToList();
        var found = points.Where(point => point.Offset <= offset).Append(points.FirstOrDefault()).MaxBy(point => point.Offset);
        return found.Document.IsNil ? "" : $" in {reader.GetString(reader.GetDocument(found.Document).Name)}:line {found.StartLine}";
    }
}
