using System.Reflection;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>Makes the module that a command line names, and the one that it is compared with.</summary>
internal static class CheckedModule
{
    private const string Factories = "torch.nn.";

    /// <summary>A module of an assembly; what its constructor draws at random is drawn by <paramref name="seed"/>.</summary>
    /// <exception cref="UsageException">There is no such type, no such constructor, or it is no module of one tensor.</exception>
    public static nn.Module<Tensor, Tensor> Make(Assembly assembly, string name, IReadOnlyList<string> arguments, long seed)
    {
        const string option = "--type";
        // Names and arguments are looked at first: what can't be made is refused without waiting for the engine to load.
        return Make(Named(assembly, name, option), arguments, option, () => manual_seed(seed));
    }

    /// <summary>A module to compare with: <c>torch.nn.BatchNorm1d</c>, a type of the same assembly or of TorchRef, or <c>Other.dll:My.Type</c>.</summary>
    /// <exception cref="UsageException">It names none of these.</exception>
    public static nn.Module<Tensor, Tensor> MakeReference(Assembly assembly, string name, IReadOnlyList<string> arguments)
    {
        const string option = "--reference";
        if (name.StartsWith(Factories, StringComparison.Ordinal)) return MakeByFactory(name, arguments);
        if (name.IndexOf(".dll:", StringComparison.OrdinalIgnoreCase) is var split and > 0)
            return Make(Named(CheckedAssembly.Load(name[..(split + 4)]), name[(split + 5)..], option), arguments, option);
        var own = new TypeCatalog(assembly);
        var house = new TypeCatalog(typeof(Checks.GradCheck).Assembly);
        var type = own.Find(name, option) ?? house.Find(name, option) ?? throw own.NotFound(name, option, [.. own.Modules, .. house.Modules], "module (or torch.nn.NAME, or Other.dll:NAME)");
        return Make(type, arguments, option);
    }

    private static Type Named(Assembly assembly, string name, string option)
    {
        var catalog = new TypeCatalog(assembly);
        return catalog.Find(name, option) ?? throw catalog.NotFound(name, option, catalog.Modules, "module");
    }

    private static nn.Module<Tensor, Tensor> Make(Type type, IReadOnlyList<string> arguments, string option, Action? prepare = null)
    {
        var name = TypeCatalog.NameOf(type);
        RequireModule(type, name, option);
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        // A constructor that isn't public is a helper of the public ones, unless there are none.
        var usable = constructors.Where(constructor => constructor.IsPublic).DefaultIfEmpty().OfType<ConstructorInfo>().ToArray();
        var (constructor, values) = ArgumentBinder.Choose(usable.Length > 0 ? usable : constructors, arguments, 0, name, ArgumentsOf(option));
        prepare?.Invoke();
        return (nn.Module<Tensor, Tensor>)Called(name, () => ((ConstructorInfo)constructor).Invoke(BindingFlags.DoNotWrapExceptions, null, values, null));
    }

    private static nn.Module<Tensor, Tensor> MakeByFactory(string name, IReadOnlyList<string> arguments)
    {
        const string option = "--reference";
        var methods = typeof(nn).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => typeof(nn.Module).IsAssignableFrom(method.ReturnType)).ToList();
        MethodBase[] overloads = [.. methods.Where(method => Factories + method.Name == name && !method.ContainsGenericParameters)];
        if (overloads.Length == 0)
        {
            var near = Nearest.To(name, methods.Select(method => Factories + method.Name).Distinct());
            throw new UsageException($"{option} must name a module of torch.nn: expected such as {(near.Count > 0 ? Nearest.List(near, 3) : "torch.nn.BatchNorm1d")} but got '{name}'");
        }
        RequireModule(((MethodInfo)overloads[0]).ReturnType, name, option);
        var (method, values) = ArgumentBinder.Choose(overloads, arguments, 0, name, ArgumentsOf(option));
        return (nn.Module<Tensor, Tensor>)Called(name, () => ((MethodInfo)method).Invoke(null, BindingFlags.DoNotWrapExceptions, null, values, null)!);
    }

    private static void RequireModule(Type type, string name, string option)
    {
        if (!typeof(nn.Module<Tensor, Tensor>).IsAssignableFrom(type))
        {
            var got = typeof(nn.Module).IsAssignableFrom(type) ? ForwardOf(type) : "which is no module";
            throw new UsageException($"{option} must name an nn.Module<Tensor, Tensor>: expected one tensor in and one out but got {name}, {got}{(option == "--type" ? "; a static method of tensors that calls it can be checked with --function" : "")}");
        }
        if (type.IsAbstract || type.ContainsGenericParameters)
            throw new UsageException($"{option} must name a module that can be constructed: expected a class but {name} is {(type.ContainsGenericParameters ? "generic" : "abstract")}");
    }

    private static string ForwardOf(Type type)
    {
        var forward = type.GetMethods().FirstOrDefault(method => method.Name == "forward" && method.DeclaringType != typeof(nn.Module));
        return forward is null ? "which has no forward" : $"whose forward is {ArgumentBinder.Signature(forward, "forward")} and gives {forward.ReturnType.Name.Split('`')[0]}";
    }

    /// <summary>What a constructor throws is told with its name: it is the arguments that don't suit, not the gradient that is wrong.</summary>
    private static object Called(string name, Func<object> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is not (UsageException or DllNotFoundException or MissingMemberException or TypeLoadException))
        {
            throw new UsageException($"{name} refused its arguments: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string ArgumentsOf(string option) => option == "--reference" ? "--reference-args (or --args)" : "--args";
}
