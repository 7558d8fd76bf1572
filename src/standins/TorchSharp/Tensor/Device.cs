using System.Globalization;

namespace TorchSharp;

/// <summary>Kinds of device; the numbers are libtorch's.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lives: a kind of device and, for several of a kind, its index.</summary>
    public class Device
    {
        /// <summary>A device by its name: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>mps</c>, <c>meta</c>.</summary>
        /// <exception cref="ArgumentException">The name is not of that form.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            (type, index) = (TypeOf(parts[0], description), -1);
            if (parts.Length > 2 || (parts.Length == 2 && !IsIndex(parts[1])))
                throw new ArgumentException($"a device must be TYPE or TYPE:INDEX, expected such as 'cuda:0' but got '{description}'");
            if (parts.Length == 2) index = int.Parse(parts[1], CultureInfo.InvariantCulture);
            else if (type == DeviceType.CUDA) index = 0;
        }

        public Device(string deviceType, int index = -1)
        {
            (type, this.index) = (TypeOf(deviceType, deviceType), index);
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            (type, this.index) = (deviceType, deviceType == DeviceType.CUDA && index < 0 ? 0 : index);
        }

        /// <summary>The CUDA device of that index.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : $"{name}:{index}";
        }

        public static implicit operator Device(string description) => new(description);

        private static bool IsIndex(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && text.Length < 5;

        private static DeviceType TypeOf(string name, string description) =>
            name.Length > 0 && char.IsAsciiLetterLower(name[0]) && Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type)
                ? type
                : throw new ArgumentException($"a device must name its type first, expected one of cpu, cuda, mps, meta but got '{description}'");
    }

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device CUDA => new(DeviceType.CUDA);

    public static readonly Device META = new(DeviceType.META);

    public static Device MPS => new(DeviceType.MPS);
}
