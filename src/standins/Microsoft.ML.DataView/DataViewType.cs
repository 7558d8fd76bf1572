namespace Microsoft.ML.Data;

/// <summary>What a column holds. <see cref="RawType"/> is the .NET type that getters of the column fill.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = Require.NotNull(rawType, nameof(rawType));

    public Type RawType { get; }

    public abstract bool Equals(DataViewType? other);
}

/// <summary>A type made of others, such as a vector.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>A type without parts. Values of it may be copied freely, so it can't own what must be disposed.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        Require.That(!typeof(IDisposable).IsAssignableFrom(rawType), nameof(rawType),
            "a primitive's values are copied without being disposed", "a type that isn't disposable", rawType);
    }
}
