using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnBook.Figures;

/// <summary>
/// On a kernel of .NET Interactive charts of Plotly.NET need help, which RnnBook.Interactive gives as soon as it is loaded. A cell that
/// makes a chart does not load it by that; so figures, of which every chapter makes some, do.
/// </summary>
internal static class KernelCompanion
{
    private const string Companion = "RnnBook.Interactive";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must have happened before the first chart, whoever makes it.")]
    internal static void Load()
    {
        if (!IsLoaded("Microsoft.DotNet.Interactive") || IsLoaded(Companion))
        {
            return;
        }

        try
        {
            RuntimeHelpers.RunModuleConstructor(Assembly.Load(Companion).ManifestModule.ModuleHandle);
        }
        catch (FileNotFoundException)
        {
            // Figures alone, without it.
        }
    }

    private static bool IsLoaded(string name) => AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == name);
}
