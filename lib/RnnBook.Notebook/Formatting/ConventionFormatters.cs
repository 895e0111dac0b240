using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace RnnBook.Notebook;

/// <summary>
/// How types show themselves without a reference to any engine, .NET Interactive's convention: an attribute of the name
/// <c>TypeFormatterSourceAttribute</c> names a source, whose <c>CreateTypeFormatters()</c> returns objects with a <c>MimeType</c> and a
/// <c>bool Format(object, TextWriter)</c>.
/// </summary>
internal static class ConventionFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ConventionFormatter>> Known = new();

    /// <summary>The formatters of a type or of its nearest base class that has any, the preferred mime types first.</summary>
    public static IReadOnlyList<ConventionFormatter> For(Type type) => Known.GetOrAdd(type, Find);

    private static IReadOnlyList<ConventionFormatter> Find(Type type)
    {
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            var attribute = owner.GetCustomAttributes(inherit: false).FirstOrDefault(found => found.GetType().Name == AttributeName);
            if (attribute is not null)
            {
                return Create(attribute);
            }
        }

        return [];
    }

    private static IReadOnlyList<ConventionFormatter> Create(object attribute)
    {
        var kind = attribute.GetType();
        if (kind.GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type sourceType)
        {
            return [];
        }

        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        var create = sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)
            ?? throw new InvalidOperationException($"{sourceType.FullName} has no public method CreateTypeFormatters().");
        var preferred = kind.GetProperty("PreferredMimeTypes")?.GetValue(attribute) as IEnumerable<string> ?? [];
        var order = preferred.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var formatters = (IEnumerable)ConventionFormatter.Call(create, source)!;
        return [.. formatters.Cast<object>().Select(formatter => new ConventionFormatter(formatter))
            .OrderBy(formatter => order.GetValueOrDefault(formatter.MimeType, int.MaxValue))];
    }
}

/// <summary>One formatter, found by its members' names.</summary>
internal sealed class ConventionFormatter
{
    private readonly object formatter;
    private readonly MethodInfo format;
    private readonly Type? type;

    public ConventionFormatter(object formatter)
    {
        this.formatter = formatter;
        var kind = formatter.GetType();
        MimeType = kind.GetProperty("MimeType")?.GetValue(formatter) as string
            ?? throw new InvalidOperationException($"{kind.FullName} has no public property MimeType.");
        format = kind.GetMethod("Format", [typeof(object), typeof(TextWriter)])
            ?? throw new InvalidOperationException($"{kind.FullName} has no public method Format(object, TextWriter).");
        type = kind.GetProperty("Type")?.GetValue(formatter) as Type;
    }

    public string MimeType { get; }

    /// <summary>What the formatter writes for the value, or null when it declines. Its exceptions come through.</summary>
    public string? Write(object value)
    {
        if (type is not null && !type.IsInstanceOfType(value))
        {
            return null;
        }

        using var writer = new StringWriter { NewLine = "\n" };
        return Call(format, formatter, value, writer) is true ? writer.ToString() : null;
    }

    /// <summary>Calls by reflection; an exception is the one that was thrown.</summary>
    public static object? Call(MethodInfo method, object? target, params object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }
}
