using static TorchSharp.torch;

namespace TorchRef.Experiments.Running;

/// <summary>What computes, in a line: results may depend on it.</summary>
public static class EngineText
{
    /// <summary>Such as <c>libtorch 1.13.0 on cpu, 2 threads</c>.</summary>
    /// <param name="device">Where it computes.</param>
    public static string Of(Device device) => $"libtorch {__version__} on {device}, {Threads(get_num_threads())}";

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";
}
