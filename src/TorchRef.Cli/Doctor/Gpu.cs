using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchRef.Cli.Doctor;

/// <summary>Whether there is a GPU to compute on, or why not.</summary>
internal static class Gpu
{
    public static string Describe(Libraries libraries)
    {
        if (cuda.is_available())
            return $"{cuda.device_count()} GPU{(cuda.device_count() == 1 ? "" : "s")} (cuda), cuDNN {(cuda.is_cudnn_available() ? "there" : "not there")}";
        if (libraries.PathOf("libtorch_cuda", "torch_cuda", "libtorch_hip") is null)
            return "no GPU: this libtorch was built for the CPU (a GPU build: -p:TorchSharpPackage=TorchSharp-cuda-linux, or LIBTORCH=its folder)";
        return DriverIsThere() ? "no GPU: the driver is there but shows libtorch no device" : "no GPU: this libtorch could use one, but there is no driver (libcuda)";
    }

    private static bool DriverIsThere()
    {
        var name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(name, out var library)) return false;
        NativeLibrary.Free(library);
        return true;
    }
}
