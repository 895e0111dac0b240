using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RnnBook.Notebook;

/// <summary>A public property, or a field of a tuple or a plain struct.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads it from an object; a getter that throws gives the exception's message.</param>
internal sealed record Member(string Name, Func<object, object?> Read);

/// <summary>What there is to see of a type.</summary>
internal static partial class Members
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Known = new();
    private static readonly ConcurrentDictionary<Type, bool> OwnText = new();

    /// <summary>The public readable properties and fields in their order of declaration.</summary>
    public static IReadOnlyList<Member> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Whether a value is one thing: a number, a truth value, a character, a text, an enum, a date, …</summary>
    public static bool IsScalar(object value) =>
        value is string or Guid or Uri or Version || value is IFormattable || value.GetType().IsPrimitive;

    /// <summary>Whether a type's author wrote a <c>ToString</c>, rather than the compiler or nobody.</summary>
    public static bool HasOwnText(Type type) => OwnText.GetOrAdd(type, static type =>
    {
        var method = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        return method?.DeclaringType is { } owner
            && owner != typeof(object) && owner != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !owner.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !IsTuple(owner)
            && !(owner.IsGenericType && owner.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
    });

    /// <summary>The name as C# writes it, empty for anonymous types and tuples.</summary>
    public static string NameOf(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || IsTuple(type)
        ? ""
        : Arity().Replace(type.Name, "");

    private static List<Member> Find(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer && property.Name != "EqualityContract")
            .DistinctBy(property => property.Name)
            .Select(property => new Member(property.Name, instance => Read(() => property.GetValue(instance))));
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => !field.FieldType.IsPointer)
            .Select(field => new Member(field.Name, field.GetValue));
        return [.. properties.Concat(fields)];
    }

    private static object? Read(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not ThreadAbortException)
        {
            return $"<{exception.InnerException?.Message}>";
        }
    }

    private static bool IsTuple(Type type) => type.IsAssignableTo(typeof(ITuple));

    [GeneratedRegex(@"`\d+$")]
    private static partial Regex Arity();
}
