using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

/// <summary>
/// Finds and loads libtorch and the shim. Everything that can be wrong with them is found here, before the first native
/// call, and said in one line.
/// </summary>
internal static unsafe partial class Library
{
    private const int Now = 2, Global = 0x100;

    /// <summary>Loaded globally and in this order: CUDA must be there before libtorch is first asked about devices.</summary>
    private static readonly string[] s_parts = ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libc10_hip.so", "libtorch_cuda.so", "libtorch_hip.so", "libtorch.so"];

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial IntPtr dlopen(string path, int flags);
    [LibraryImport("libc")] private static partial byte* dlerror();

    public static void Register() => NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Shim.Name ? Load(AppContext.BaseDirectory, Environment.GetEnvironmentVariable("LIBTORCH")) : IntPtr.Zero;

    /// <exception cref="DllNotFoundException">The shim or libtorch is missing, is another version, or can't be loaded.</exception>
    internal static IntPtr Load(string folder, string? libtorch)
    {
        var shim = Path.Combine(folder, "libtorchref_shim.so");
        var manifest = ShimManifest.Read(Path.Combine(folder, "torchref_shim.txt"));
        if (!File.Exists(shim))
            throw new DllNotFoundException($"the binding to libtorch must stand beside the program: expected {shim} but there is none (build it: ./torchref doctor)");
        var lib = string.IsNullOrEmpty(libtorch) ? manifest.Folder : Path.Combine(libtorch, "lib");
        manifest.RequireSameLibtorch(lib);
        foreach (var part in s_parts)
        {
            var file = Path.Combine(lib, part);
            if (File.Exists(file) && dlopen(file, Now | Global) == IntPtr.Zero)
                throw new DllNotFoundException($"libtorch must load: expected {file} to load but got: {Marshal.PtrToStringUTF8((IntPtr)dlerror())}");
        }
        var handle = NativeLibrary.Load(shim);
        ((delegate* unmanaged<void>)NativeLibrary.GetExport(handle, "torchref_keep_freed_memory"))();
        return handle;
    }
}
