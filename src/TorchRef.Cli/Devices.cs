using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli;

/// <summary>The device that a command was asked to compute on.</summary>
internal static class Devices
{
    /// <exception cref="UsageException">The name isn't a device's, or the device isn't there.</exception>
    public static Device Require(string name)
    {
        var parts = name.Split(':');
        var index = 0;
        if (parts.Length > 2 || parts[0] is not ("cpu" or "cuda") || (parts.Length == 2 && (parts[0] == "cpu" || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index))))
            throw new UsageException($"--device must name a device that commands run on: expected cpu, cuda or cuda:N but got '{name}'");
        if (parts[0] == "cpu") return CPU;
        // Asked before a Device is made: making one for a GPU that isn't there throws in some versions.
        var count = cuda.is_available() ? cuda.device_count() : 0;
        if (index >= count)
            throw new UsageException($"--device must name a device that is there: expected cpu{(count > 0 ? $" or cuda:0 to cuda:{count - 1}" : ", since this libtorch sees no GPU ('torchref doctor' says why)")} but got '{name}'");
        return new Device(DeviceType.CUDA, index);
    }

    /// <summary>Makes tensors on a device unless they are told otherwise, until the result is disposed.</summary>
    public static IDisposable UseByDefault(Device device)
    {
        var before = get_default_device();
        set_default_device(device);
        return new Restore(before);
    }

    private sealed class Restore(Device before) : IDisposable
    {
        public void Dispose() => set_default_device(before);
    }
}
