using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Vectors of a primitive, held in a <see cref="VBuffer{T}"/>. A dimension of 0 is one that varies from row to row.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : this(itemType, ImmutableArray.Create(size))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, (dimensions ?? []).ToImmutableArray())
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType(Require.NotNull(itemType, nameof(itemType)).RawType))
    {
        Require.That(!dimensions.IsDefaultOrEmpty, nameof(dimensions), "a vector has dimensions", "at least one", "none");
        Require.That(dimensions.All(dimension => dimension >= 0), nameof(dimensions),
            "a dimension is a size, or 0 when unknown", "none below 0", string.Join(", ", dimensions));
        ItemType = itemType;
        Dimensions = dimensions;
        var size = 1;
        foreach (var dimension in dimensions) size = checked(size * dimension);
        Size = size;
    }

    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    /// <summary>The product of the dimensions; 0 when one of them is unknown.</summary>
    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType? other) =>
        other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions);

    public override bool Equals(object? other) => other is DataViewType type && Equals(type);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(ItemType);
        foreach (var dimension in Dimensions) hash.Add(dimension);
        return hash.ToHashCode();
    }

    public override string ToString()
    {
        var sizes = Dimensions.Length > 1 || Size > 0 ? Dimensions.Select(dimension => dimension > 0 ? $", {dimension}" : ", *") : [];
        return $"Vector<{ItemType}{string.Concat(sizes)}>";
    }
}
