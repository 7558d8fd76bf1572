using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli;

/// <summary>The device that a command was asked to compute on.</summary>
internal static class Devices
{
    /// <exception cref="UsageException">The name isn't a device's, or the device isn't there.</exception>
    public static Device Require(string name)
    {
        Device device;
        try
        {
            device = new Device(name);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"--device must name a device: expected cpu, cuda or cuda:N but got '{name}'");
        }
        if (device.type == DeviceType.CPU) return device;
        if (device.type != DeviceType.CUDA) throw new UsageException($"--device must name a device that commands run on: expected cpu, cuda or cuda:N but got '{name}'");
        var count = cuda.is_available() ? cuda.device_count() : 0;
        if (device.index >= count)
            throw new UsageException($"--device must name a device that is there: expected cpu{(count > 0 ? $" or cuda:0 to cuda:{count - 1}" : ", since this libtorch sees no GPU ('torchref doctor' says why)")} but got '{name}'");
        return device;
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
