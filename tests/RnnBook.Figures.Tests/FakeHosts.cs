using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace RnnBook.Tests;

/// <summary>What a fake host shows: each value shown or updated, in order.</summary>
public class FakeHandle
{
    private static readonly ThreadLocal<List<object>> Shown = new(() => []);

    private readonly List<object> log = Shown.Value!;

    public static List<object> Log => Shown.Value!;

    public void Update(object value) => log.Add(value);
}

/// <summary>
/// Builds assemblies with the names and shapes that .NET Interactive has at its last tag and at its last commit, and with
/// those of the book's own engine: the same names cannot stand twice in this one.
/// </summary>
internal static class FakeHosts
{
    private const string Interactive = "Microsoft.DotNet.Interactive";

    /// <param name="handleNamespace">Where DisplayedValue lives: it moved.</param>
    /// <param name="extension">Whether Display is an extension method with params, or a member with an optional argument.</param>
    /// <param name="inCell">Whether there is a current context.</param>
    public static Assembly DotNetInteractive(string handleNamespace, bool extension, bool inCell = true) => Build(Interactive, module =>
    {
        var handle = module.DefineType($"{handleNamespace}.DisplayedValue", TypeAttributes.Public, typeof(FakeHandle));
        var handleConstructor = handle.DefineDefaultConstructor(MethodAttributes.Public);
        var context = module.DefineType($"{Interactive}.KernelInvocationContext", TypeAttributes.Public);
        DefineCurrent(context, context.DefineDefaultConstructor(MethodAttributes.Public), inCell);
        if (extension)
        {
            var holder = module.DefineType($"{Interactive}.KernelInvocationContextExtensions", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
            var display = holder.DefineMethod("Display", MethodAttributes.Public | MethodAttributes.Static, handle, [context, typeof(object), typeof(string[])]);
            display.DefineParameter(3, ParameterAttributes.None, "mimeTypes")
                .SetCustomAttribute(new CustomAttributeBuilder(typeof(ParamArrayAttribute).GetConstructor([])!, []));
            EmitShow(display, handleConstructor, OpCodes.Ldarg_1);
            holder.CreateType();
        }
        else
        {
            var display = context.DefineMethod("Display", MethodAttributes.Public, handle, [typeof(object), typeof(string)]);
            display.DefineParameter(2, ParameterAttributes.Optional | ParameterAttributes.HasDefault, "mimeType").SetConstant(null);
            EmitShow(display, handleConstructor, OpCodes.Ldarg_1);
        }

        handle.CreateType();
        context.CreateType();
    });

    public static Assembly OwnEngine(bool inCell = true) => Build("RnnBook.Notebook", module =>
    {
        var host = module.DefineType("RnnBook.Notebook.CellHost", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        DefineCurrent(host, typeof(object).GetConstructor([])!, inCell);
        var display = host.DefineMethod("Display", MethodAttributes.Public | MethodAttributes.Static, typeof(object), [typeof(object)]);
        EmitShow(display, typeof(FakeHandle).GetConstructor([])!, OpCodes.Ldarg_0);
        host.CreateType();
    });

    private static void DefineCurrent(TypeBuilder type, ConstructorInfo constructor, bool inCell)
    {
        var getter = type.DefineMethod("get_Current", MethodAttributes.Public | MethodAttributes.Static, constructor.DeclaringType, []);
        var code = getter.GetILGenerator();
        if (inCell)
        {
            code.Emit(OpCodes.Newobj, constructor);
        }
        else
        {
            code.Emit(OpCodes.Ldnull);
        }

        code.Emit(OpCodes.Ret);
        type.DefineProperty("Current", PropertyAttributes.None, constructor.DeclaringType!, null).SetGetMethod(getter);
    }

    /// <summary>Makes a handle, shows the value on it, returns it.</summary>
    private static void EmitShow(MethodBuilder display, ConstructorInfo handle, OpCode loadValue)
    {
        var code = display.GetILGenerator();
        code.Emit(OpCodes.Newobj, handle);
        code.Emit(OpCodes.Dup);
        code.Emit(loadValue);
        code.Emit(OpCodes.Call, typeof(FakeHandle).GetMethod(nameof(FakeHandle.Update))!);
        code.Emit(OpCodes.Ret);
    }

    private static Assembly Build(string name, Action<ModuleBuilder> define)
    {
        var builder = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        define(builder.DefineDynamicModule(name));
        using var image = new MemoryStream();
        builder.Save(image);
        image.Position = 0;
        return new AssemblyLoadContext(name, isCollectible: true).LoadFromStream(image);
    }
}
