using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace RnnBook.Interactive;

/// <summary>
/// Makes Plotly.NET work on the last kernel of .NET Interactive. Plotly.NET needs FSharp.Core 10.1, and that kernel has loaded 10.0 for
/// itself. So Plotly.NET and all that it is made of are loaded into a context of their own: the newer FSharp.Core alone would not do, for
/// whoever is loaded beside the kernel sees the kernel's.
/// </summary>
internal static class PlotlyFamily
{
    private static readonly string[] Members =
    [
        "DynamicObj", "Fable.Core", "FSharp.Core", "Giraffe.ViewEngine", "Plotly.NET", "Plotly.NET.CSharp", "Plotly.NET.Interactive",
    ];

    private const string ContextName = "RnnBook: Plotly.NET";

    private static readonly PackageFiles Files = new(typeof(PlotlyFamily).Assembly.Location);

    /// <summary>Runs before anything else in this assembly; in every other host than .NET Interactive it does nothing.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A cell may use Plotly.NET without a call into this assembly.")]
    internal static void Initialize()
    {
        if (!AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive"))
        {
            return;
        }

        // One family for all kernels of the process: each loads a copy of this assembly.
        if (!AssemblyLoadContext.All.Any(context => context.Name == ContextName))
        {
            var family = new FamilyContext();
            ResolveFirst((_, name) => family.Find(name));
        }

        KernelCharts.Register();
    }

    /// <summary>
    /// Who answers first decides, and the kernel answers for every package that a cell has asked for: it would load it beside itself. There
    /// is no public way to stand before it. Without this one, only a package is lost, not what lies in one folder.
    /// </summary>
    private static void ResolveFirst(Func<AssemblyLoadContext, AssemblyName, Assembly?> handler)
    {
        var handlers = typeof(AssemblyLoadContext).GetField("_resolving", BindingFlags.Instance | BindingFlags.NonPublic);
        if (handlers?.GetValue(AssemblyLoadContext.Default) is Func<AssemblyLoadContext, AssemblyName, Assembly?> others)
        {
            handlers.SetValue(AssemblyLoadContext.Default, handler + others);
        }
        else
        {
            AssemblyLoadContext.Default.Resolving += handler;
        }
    }

    private sealed class FamilyContext : AssemblyLoadContext
    {
        public FamilyContext()
            : base(ContextName)
        {
            // What is no member and the host has not (Newtonsoft.Json, in a small one).
            Resolving += (_, name) => LoadFile(name);
        }

        public Assembly? Find(AssemblyName name) => Members.Contains(name.Name) ? LoadFile(name) : null;

        protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName);

        private Assembly? LoadFile(AssemblyName name) => Files.Find(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
