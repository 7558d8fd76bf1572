using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace TorchRef.Cli.Checking;

/// <summary>
/// Somebody's assembly, loaded beside this program: with its own libraries, but with this program's TorchSharp and
/// TorchRef, since a tensor of another copy would be of another type.
/// </summary>
internal sealed class CheckedAssembly : AssemblyLoadContext
{
    private static readonly Assembly[] s_shared = [typeof(torch).Assembly, typeof(Checks.GradCheck).Assembly];
    private readonly AssemblyDependencyResolver _dependencies;

    private CheckedAssembly(string path)
        : base(Path.GetFileName(path)) => _dependencies = new AssemblyDependencyResolver(path);

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="UsageException">There is none at the path.</exception>
    public static Assembly Load(string path)
    {
        var full = Require(path);
        try
        {
            return Shared(AssemblyName.GetAssemblyName(full)) ?? new CheckedAssembly(full).LoadFromAssemblyPath(full);
        }
        catch (BadImageFormatException)
        {
            throw new UsageException($"{path} must be a .NET assembly: expected a .dll built for .NET 10 or older but got a file of another kind");
        }
        catch (FileLoadException exception)
        {
            throw new UsageException($"{path} can't be loaded: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The path as it must be for loading, or a refusal that says what to name in its place.</summary>
    public static string Require(string path)
    {
        if (path.Length == 0) throw new UsageException("the assembly to check must be named: expected the path of a .dll but got ''");
        var full = Path.GetFullPath(path);
        if (path.EndsWith("proj", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".sln", StringComparison.Ordinal))
            throw new UsageException($"the assembly to check must be built: expected the path of a .dll, as 'dotnet build' prints it, but got '{path}'");
        if (Directory.Exists(full)) throw new UsageException($"the assembly to check must be a file: expected the path of a .dll but got the folder '{path}'");
        if (!File.Exists(full)) throw new UsageException($"the assembly to check must be there: expected the path of a .dll but there is no file '{path}'");
        return full;
    }

    /// <summary>Which TorchSharp an assembly was built against, where it isn't the one that runs here.</summary>
    public static (Version built, Version here)? OtherTorchSharp(Assembly assembly)
    {
        var built = assembly.GetReferencedAssemblies().FirstOrDefault(name => name.Name == typeof(torch).Assembly.GetName().Name)?.Version;
        var here = typeof(torch).Assembly.GetName().Version;
        return built is null || here is null || built == here ? null : (built, here);
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Shared(assemblyName) ?? (_dependencies.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null);

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _dependencies.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    /// <summary>This program's own copy, whatever the version.</summary>
    private static Assembly? Shared(AssemblyName name) => s_shared.FirstOrDefault(shared => shared.GetName().Name == name.Name);
}
