using System.Runtime.InteropServices;

namespace TorchRef.Cli;

/// <summary>Why the native part of the TorchSharp package doesn't load. TorchSharp itself prints where it looked, not what the loader said.</summary>
internal static class NativePart
{
    /// <summary>One line.</summary>
    /// <param name="folder">The program's folder.</param>
    public static string Explain(string folder)
    {
        var name = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        string[] places = [Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name), Path.Combine(folder, name)];
        return places.FirstOrDefault(File.Exists) is { } file
            ? $"the native part of TorchSharp must load: expected {file} and the libraries that it needs but got: {LoadError(file)}"
            : $"TorchSharp needs its native part: expected {places[0]} but there is none (is there a package TorchSharp-cpu for {RuntimeInformation.RuntimeIdentifier}? the stand-ins run on any libtorch: TorchPackages=system)";
    }

    /// <summary>What the system's loader says of a library, on one line.</summary>
    private static string LoadError(string file)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(file));
            return "nothing that the system's loader names";
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            // The loader's own words stand in lines that name the file or a library; the first line is advice of the runtime.
            var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Skip(1).FirstOrDefault() ?? lines[0];
        }
    }
}
