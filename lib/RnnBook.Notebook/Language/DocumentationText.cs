using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnBook.Notebook;

/// <summary>What a documentation file says of one member, as a reader wants to see it.</summary>
public static partial class DocumentationText
{
    /// <summary>Summary, parameters, result and exceptions as markdown; empty where nothing is written.</summary>
    /// <param name="documentation">The member's element, as the compiler writes it.</param>
    public static string Of(XElement documentation)
    {
        ArgumentNullException.ThrowIfNull(documentation);
        var parts = new List<string>();
        Add(documentation.Element("summary"), "");
        foreach (var parameter in documentation.Elements("param"))
        {
            Add(parameter, $"- `{parameter.Attribute("name")?.Value}`: ");
        }

        Add(documentation.Element("returns"), "Returns: ");
        foreach (var thrown in documentation.Elements("exception"))
        {
            Add(thrown, $"- throws `{ShortName(thrown.Attribute("cref")?.Value)}`: ");
        }

        return string.Join("\n\n", parts).Replace("\n\n- ", "\n- ", StringComparison.Ordinal);

        void Add(XElement? element, string before)
        {
            if (element is not null && TextOf(element) is { Length: > 0 } text)
            {
                parts.Add(before + text);
            }
        }
    }

    private static string TextOf(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => Spaces().Replace(words.Value, " "),
                XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } name =>
                    name.IsEmpty ? $"`{ShortName((name.Attribute("cref") ?? name.Attribute("name") ?? name.Attribute("langword") ?? name.Attribute("href"))?.Value)}`" : TextOf(name),
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "code" } block => $"\n\n```csharp\n{block.Value.Trim('\r', '\n')}\n```\n\n",
                XElement { Name.LocalName: "para" or "item" } part => $"\n\n{TextOf(part)}\n\n",
                XElement other => TextOf(other),
                _ => "",
            });
        }

        return EmptyLines().Replace(text.ToString().Trim(), "\n\n");
    }

    /// <summary>"M:System.Math.Abs(System.Int32)" is Math.Abs.</summary>
    private static string ShortName(string? id)
    {
        if (id is not [_, ':', .. var full])
        {
            return id ?? "";
        }

        var name = Arity().Replace(full.Split('(')[0], "");
        var parts = name.Split('.');
        return id[0] is 'T' or 'N' || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" *\n\s*\n *")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
