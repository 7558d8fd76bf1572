using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchRef.Experiments.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Doctor;

/// <summary>Looks at the loaded engine from outside: at its assembly, at the libraries in memory, at its speed.</summary>
internal static class Examination
{
    private const int ProductSize = 1024, Repeats = 3;

    /// <summary>Below this, per thread, a matrix product isn't done by an optimised BLAS.</summary>
    private const double SlowGflops = 15;

    public static IEnumerable<(string name, string finding)> Run(List<string> warnings)
    {
        yield return ("TorchRef", $"{VersionOf(typeof(Examination).Assembly)} on .NET {Environment.Version}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        var version = __version__;
        using (var scope = NewDisposeScope()) ones([2, 2]).matmul(ones([2, 2])).sum().item<float>(); // loads what is loaded late
        var libraries = Libraries.Loaded();
        yield return ("TorchSharp", $"{VersionOf(typeof(torch).Assembly)}, {Origin()}");
        yield return ("engine", $"libtorch {version} from {libraries.PathOf("libtorch_cpu", "torch_cpu") ?? "a place that the system doesn't tell"}");
        if (libraries.PathOf("libtorchref_shim", "libLibTorchSharp", "LibTorchSharp") is { } binding) yield return ("binding", binding);
        var threads = get_num_threads();
        var gflops = ProductSpeed();
        var blas = Blas.Of(libraries);
        yield return ("BLAS", string.Create(CultureInfo.InvariantCulture, $"{blas.Name}, {gflops:0} GFLOP/s in a {ProductSize}×{ProductSize} float32 product"));
        if (blas.IsReference) warnings.Add("matrix products run on the reference BLAS, many times slower than an optimised one; on Debian: apt-get install libopenblas0-openmp");
        else if (gflops < SlowGflops * Math.Min(threads, Environment.ProcessorCount)) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"matrix products are slow here: expected at least {SlowGflops} GFLOP/s per thread but got {gflops / threads:0.0}; is the machine busy?"));
        if (blas.ClashesWithOpenMP) warnings.Add("this OpenBLAS brings threads of its own beside libtorch's; on Debian libopenblas0-openmp shares them");
        yield return ("threads", $"{threads} within an operator, {get_num_interop_threads()} between operators, {Environment.ProcessorCount} processors");
        yield return ("devices", $"cpu; {Gpu.Describe(libraries)}");
        var digits = Mnist.Find(Environment.CurrentDirectory);
        yield return ("digits", digits is not null ? $"MNIST in {digits}" : $"no MNIST nearby (--data DIR or {DigitData.MnistVariable}): digits are drawn");
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    /// <summary>An assembly says itself what it is: a package's has its product's description, ours says that it stands in.</summary>
    private static string Origin() =>
        $"{typeof(torch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "Origin")?.Value ?? "the package"}, from {typeof(torch).Assembly.Location}";

    private static double ProductSpeed()
    {
        using var scope = NewDisposeScope();
        var matrix = ones([ProductSize, ProductSize]);          // [1024, 1024]
        var best = double.PositiveInfinity;
        for (var i = 0; i <= Repeats; i++)                      // the first one warms up
        {
            var start = Stopwatch.GetTimestamp();
            using var product = matrix.matmul(matrix);          // [1024, 1024]
            if (i > 0) best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return 2.0 * ProductSize * ProductSize * ProductSize / best / 1e9;
    }
}
