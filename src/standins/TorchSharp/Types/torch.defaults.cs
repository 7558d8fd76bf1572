using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    private const int DefaultType = 4;
    private static Device s_defaultDevice = new(DeviceType.CPU);

    /// <summary>The element type of real tensors that are made without one.</summary>
    public static ScalarType get_default_dtype() => (ScalarType)Shim.Check(Shim.torchref_switch(DefaultType, -1));

    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype))
            throw new ArgumentException($"the default type must be real: expected a floating-point type but got {dtype}");
        Shim.Check(Shim.torchref_switch(DefaultType, (int)dtype));
    }

    public static void set_default_tensor_type(Tensor t) => set_default_dtype(t.dtype);

    /// <summary>Where tensors are made that don't say where.</summary>
    public static Device get_default_device() => s_defaultDevice;

    public static void set_default_device(Device device) => s_defaultDevice = device ?? throw new ArgumentNullException(nameof(device));

    public static void set_default_device(string device) => set_default_device(new Device(device));
}
