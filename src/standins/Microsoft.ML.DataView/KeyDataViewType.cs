namespace Microsoft.ML.Data;

/// <summary>One of a known number of things, as an unsigned number: 0 is missing, 1 the first.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        Require.That(IsValidDataType(type), nameof(type), "a key is an unsigned number", "byte, ushort, uint or ulong", type);
        Require.That(count > 0 && count <= Greatest(type), nameof(count),
            $"a key of {type.Name} has at least one value and no more than fit", $"1 to {Greatest(type)}", count);
        Count = count;
    }

    public KeyDataViewType(Type type, int count)
        : this(type, count > 0 ? (ulong)count : 0UL)
    {
    }

    public ulong Count { get; }

    public static bool IsValidDataType(Type type) => Greatest(type) > 0;

    public override bool Equals(DataViewType? other) =>
        other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object? other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong Greatest(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => byte.MaxValue,
        TypeCode.UInt16 => ushort.MaxValue,
        TypeCode.UInt32 => uint.MaxValue,
        TypeCode.UInt64 => ulong.MaxValue,
        _ => 0,
    };
}
