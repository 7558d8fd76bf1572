using System.Reflection;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>The types of an assembly by the names that C# gives them.</summary>
internal sealed class TypeCatalog
{
    private readonly string _where;
    private readonly string? _fault;

    public TypeCatalog(Assembly assembly)
    {
        _where = Path.GetFileName(assembly.Location);
        try
        {
            Types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            // What did load may be all that is needed; the fault is told where it isn't.
            Types = [.. exception.Types.OfType<Type>()];
            _fault = exception.LoaderExceptions.FirstOrDefault(inner => inner is not null)?.Message.ReplaceLineEndings(" ");
        }
    }

    public IReadOnlyList<Type> Types { get; }

    /// <summary>Modules that can be constructed.</summary>
    public IReadOnlyList<string> Modules => [.. Types.Where(type => type.IsSubclassOf(typeof(nn.Module)) && !type.IsAbstract && !type.ContainsGenericParameters).Select(NameOf).Order(StringComparer.Ordinal)];

    /// <summary>A type's name with its namespace, and with dots where it is nested.</summary>
    public static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    /// <summary>The type of a full or a short name; null where there is none.</summary>
    /// <exception cref="UsageException">A short name fits several.</exception>
    public Type? Find(string name, string option)
    {
        if (Types.FirstOrDefault(type => NameOf(type) == name) is { } exact) return exact;
        var shorter = Types.Where(type => NameOf(type).EndsWith($".{name}", StringComparison.Ordinal)).ToList();
        if (shorter.Count > 1) throw new UsageException($"{option} must name one type: expected one of {Nearest.List([.. shorter.Select(NameOf)])} but got '{name}'");
        return shorter.FirstOrDefault();
    }

    /// <summary>What to say where there is no such type.</summary>
    public UsageException NotFound(string name, string option, IReadOnlyList<string> candidates, string kind)
    {
        var near = Nearest.To(name, candidates);
        var expected = near.Count > 0 ? $"expected such as {Nearest.List(near, 3)}" : candidates.Count > 0 ? $"expected one of {Nearest.List(candidates)}" : $"expected a {kind} but there is none in it";
        var fault = _fault is null ? "" : $" (some of its types can't be loaded: {_fault})";
        return new UsageException($"{option} must name a {kind} of {_where}: {expected}{(candidates.Count > 0 ? " but" : "; it was asked for and")} got '{name}'{fault}");
    }

    /// <summary>What to say where no name was given.</summary>
    public UsageException NotNamed()
    {
        var modules = Modules;
        var fault = _fault is null ? "" : $" (some of its types can't be loaded: {_fault})";
        return new UsageException(modules.Count > 0
            ? $"--type must name the module to check, or --function a static method: expected one of {Nearest.List(modules, 30)} but got neither{fault}"
            : $"--type must name the module to check, or --function a static method: {_where} has no module, and neither was given{fault}");
    }
}
