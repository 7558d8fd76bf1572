using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>A static method of tensors, as the checker calls it.</summary>
/// <param name="Call">The method.</param>
/// <param name="Names">Its parameters' names, for the report.</param>
internal sealed record CheckedFunction(Func<Tensor[], Tensor[]> Call, IReadOnlyList<string> Names)
{
    private const string Option = "--function";

    /// <summary>Finds the method <c>My.Class.Method</c>.</summary>
    /// <param name="assembly">Where.</param>
    /// <param name="name">The type's full or short name, and the method's.</param>
    /// <param name="inputs">How many tensors it is to take: the overload that does is taken.</param>
    /// <param name="arguments">Its arguments after the tensors.</param>
    /// <exception cref="UsageException">There is no such method, or it doesn't take and give tensors.</exception>
    public static CheckedFunction Of(Assembly assembly, string name, int inputs, IReadOnlyList<string> arguments)
    {
        var catalog = new TypeCatalog(assembly);
        var split = name.LastIndexOf('.');
        if (split <= 0) throw new UsageException($"{Option} must name a class and a static method: expected such as My.Functions.Softsign but got '{name}'");
        var all = catalog.Types.SelectMany(Usable).Select(method => $"{TypeCatalog.NameOf(method.DeclaringType!)}.{method.Name}").Distinct().Order(StringComparer.Ordinal).ToList();
        var type = catalog.Find(name[..split], Option) ?? throw catalog.NotFound(name, Option, all, "static method of tensors");
        var methods = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(method => method.Name == name[(split + 1)..]).ToList();
        if (methods.Count == 0) throw catalog.NotFound(name, Option, all, "static method of tensors");
        var usable = methods.Where(IsUsable).ToList();
        if (usable.Count == 0)
            throw new UsageException($"{Option} must name a method that takes tensors first and gives tensors: expected such as Tensor {methods[0].Name}(Tensor x) but got {methods[0].ReturnType.Name.Split('`')[0]} {ArgumentBinder.Signature(methods[0], methods[0].Name)}");
        var fitting = usable.Where(method => TakesArray(method) || TensorsOf(method) == inputs).ToList();
        if (fitting.Count == 0)
            throw new UsageException($"{Option} takes an --input for each tensor: expected {string.Join(" or ", usable.Select(TensorsOf).Distinct().Order())} for {name} but got {inputs}");
        var (chosen, values) = ArgumentBinder.Choose([.. fitting], arguments, TensorsOf(fitting[0]), name, "--args");
        var method = (MethodInfo)chosen;
        return new CheckedFunction(tensors => Tensors(method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. TakesArray(method) ? [tensors] : tensors.Cast<object?>(), .. values], null)), NamesOf(method, inputs));
    }

    private static IEnumerable<MethodInfo> Usable(Type type) => type
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(method => IsUsable(method) && !method.Name.Contains('<') && !type.Name.Contains('<'));

    private static bool IsUsable(MethodInfo method) => TensorsOf(method) > 0 && !method.ContainsGenericParameters && GivesTensors(method.ReturnType);

    private static bool GivesTensors(Type type) =>
        type == typeof(Tensor) || typeof(IEnumerable<Tensor>).IsAssignableFrom(type)
        || (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType && type.GetGenericArguments().All(part => part == typeof(Tensor)));

    private static bool TakesArray(MethodInfo method) => method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Tensor[]);

    /// <summary>How many parameters at the front are tensors; an array of them is one.</summary>
    private static int TensorsOf(MethodInfo method) => TakesArray(method) ? 1 : method.GetParameters().TakeWhile(parameter => parameter.ParameterType == typeof(Tensor)).Count();

    private static IReadOnlyList<string> NamesOf(MethodInfo method, int inputs)
    {
        var parameters = method.GetParameters();
        return TakesArray(method) ? [.. Enumerable.Range(0, inputs).Select(i => $"{parameters[0].Name}[{i}]")] : [.. parameters.Take(inputs).Select(parameter => parameter.Name ?? "input")];
    }

    private static Tensor[] Tensors(object? result) => result switch
    {
        Tensor tensor => [tensor],
        IEnumerable<Tensor> tensors => [.. tensors],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => (Tensor)tuple[i]!)],
        _ => throw new InvalidOperationException("the function must give tensors: expected a tensor but got null"),
    };
}
