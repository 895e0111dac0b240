using System.Reflection;

namespace RnnBook.Figures;

/// <summary>
/// Finds the notebook host at run time, by names alone, and shows a value that can be replaced later. The one place that
/// knows of hosts: the book's own engine, .NET Interactive, or none.
/// </summary>
/// <remarks>
/// .NET Interactive goes through KernelInvocationContext.Current: what <c>display(x)</c> returns cannot be updated in its last version.
/// </remarks>
internal sealed class DisplayAdapter(Func<IEnumerable<Assembly>> loadedAssemblies)
{
    private const string OwnHost = "RnnBook.Notebook.CellHost";

    private const string Interactive = "Microsoft.DotNet.Interactive";

    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    public static DisplayAdapter Default { get; } = new(AppDomain.CurrentDomain.GetAssemblies);

    /// <summary>Shows a value in the running cell.</summary>
    /// <returns>What replaces it by another value; null where no host shows anything, as in a plain console.</returns>
    public Action<object>? Show(object value)
    {
        var assemblies = loadedAssemblies().Where(a => NameOf(a).StartsWith(Interactive, StringComparison.Ordinal) || NameOf(a) == "RnnBook.Notebook").ToList();
        return Updater(ShowInOwnEngine(assemblies, value) ?? ShowInInteractive(assemblies, value));
    }

    private static object? ShowInOwnEngine(List<Assembly> assemblies, object value) =>
        Find(assemblies, OwnHost) is { } host && Current(host) is not null
            ? Invoke(host.GetMethod("Display", Static, [typeof(object)]), null, value)
            : null;

    private static object? ShowInInteractive(List<Assembly> assemblies, object value)
    {
        if (Find(assemblies, $"{Interactive}.KernelInvocationContext") is not { } type || Current(type) is not { } context)
        {
            return null;
        }

        var extension = assemblies.SelectMany(PublicStaticClasses).SelectMany(c => c.GetMethods(Static)).FirstOrDefault(m => IsDisplay(m, type, typeof(object)));
        return Invoke(extension, null, context, value);
    }

    private static Action<object>? Updater(object? handle)
    {
        var update = handle?.GetType().GetMethods().FirstOrDefault(
            m => m.Name == "Update" && m.GetParameters() is [{ } only] && only.ParameterType == typeof(object));
        return update is null ? null : value => Invoke(update, handle, value);
    }

    /// <summary>A method Display with the given first parameters; what follows them must be optional.</summary>
    private static bool IsDisplay(MethodInfo method, params Type[] first)
    {
        var parameters = method.GetParameters();
        return method.Name == "Display" && !method.IsGenericMethodDefinition && parameters.Length >= first.Length
            && first.Zip(parameters).All(p => p.First == p.Second.ParameterType)
            && parameters.Skip(first.Length).All(p => p.IsOptional || p.IsDefined(typeof(ParamArrayAttribute)));
    }

    private static object? Invoke(MethodInfo? method, object? instance, params object?[] arguments)
    {
        if (method is null)
        {
            return null;
        }

        var rest = method.GetParameters().Skip(arguments.Length).Select(
            p => p.IsOptional ? p.DefaultValue : Array.CreateInstance(p.ParameterType.GetElementType()!, 0));
        return method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [.. arguments, .. rest], null);
    }

    private static object? Current(Type type) => type.GetProperty("Current", Static)?.GetValue(null);

    private static Type? Find(List<Assembly> assemblies, string fullName) =>
        assemblies.Select(a => a.GetType(fullName)).FirstOrDefault(t => t is not null);

    private static IEnumerable<Type> PublicStaticClasses(Assembly assembly) =>
        assembly.GetExportedTypes().Where(t => t is { IsAbstract: true, IsSealed: true });

    private static string NameOf(Assembly assembly) => assembly.GetName().Name ?? "";
}
