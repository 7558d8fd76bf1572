namespace TorchRef.Experiments.Data;

/// <summary>The element types that the third byte of an IDX file can name; numbers in the file are big-endian.</summary>
public enum IdxElementType : byte
{
    /// <summary>Unsigned 8-bit integers: what images and labels are made of.</summary>
    UInt8 = 0x08,

    /// <summary>Signed 8-bit integers.</summary>
    Int8 = 0x09,

    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 0x0B,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 0x0C,

    /// <summary>32-bit IEEE floating point numbers.</summary>
    Float32 = 0x0D,

    /// <summary>64-bit IEEE floating point numbers.</summary>
    Float64 = 0x0E,
}
