using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__ => Shim.BuiltWith;

    public static int get_num_threads() => (int)Shim.Check(Shim.torchref_threads(0, 0));

    public static void set_num_threads(int num) => Shim.Check(Shim.torchref_threads(0, num));

    public static int get_num_interop_threads() => (int)Shim.Check(Shim.torchref_threads(1, 0));

    public static void set_num_interop_threads(int num) => Shim.Check(Shim.torchref_threads(1, num));

    public static bool are_deterministic_algorithms_enabled() => Shim.Check(Shim.torchref_switch(0, -1)) != 0;

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Loads the engine for a device, and returns the device.</summary>
    /// <exception cref="InvalidOperationException">The device isn't there.</exception>
    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"a device must be there to be used: expected a {deviceType} device but this libtorch sees none");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType is DeviceType.CPU or DeviceType.META || (deviceType == DeviceType.CUDA && cuda.is_available());

    /// <summary>CUDA devices. ROCm's answer to the same names.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => (int)Shim.Check(Shim.torchref_cuda(0, 0));

        public static bool is_cudnn_available() => Shim.Check(Shim.torchref_cuda(1, 0)) != 0;

        public static void synchronize(Device? device = null) => Shim.Check(Shim.torchref_cuda(2, device?.index ?? -1));

        public static void manual_seed(long seed) => manual_seed_all(seed);

        public static void manual_seed_all(long seed) => Shim.Check(Shim.torchref_cuda(3, seed));
    }

    /// <summary>Switches of the engine's parts.</summary>
    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Shim.Check(Shim.torchref_switch(1, -1)) != 0;
                    set => Shim.Check(Shim.torchref_switch(1, value ? 1 : 0));
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Shim.Check(Shim.torchref_switch(2, -1)) != 0;
                set => Shim.Check(Shim.torchref_switch(2, value ? 1 : 0));
            }
        }
    }
}
