using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>A column of a <see cref="TableDataView"/>: a tensor, numbers or words, a row for each of the first dimension.</summary>
/// <remarks>
/// <para>
/// float32 becomes Single, float64 Double, uint8 Byte, int8 SByte, int16, int32 and int64 Int16, Int32 and Int64, bool Boolean;
/// float16 and bfloat16, which ML.NET hasn't got, become Single, which holds every value of theirs. A tensor (N) is a column of
/// scalars, (N, d₁, …) one of vectors of the size d₁·…, with these dimensions.
/// </para>
/// <para>
/// A tensor that is on the CPU and contiguous isn't copied: it must not be changed as long as the view is read, for a view gives
/// the same rows each time. The view keeps a handle of its own: the caller's may be disposed.
/// </para>
/// </remarks>
public abstract class TableColumn : ViewColumn, IDisposable
{
    private protected TableColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations, long count)
        : base(name, type, annotations) => Count = count;

    /// <summary>How many rows it has.</summary>
    public long Count { get; }

    /// <summary>A column of numbers or truth values.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">(N) or (N, d₁, …), on any device; gradients aren't followed.</param>
    /// <param name="slotNames">What each place of a vector is called, row-major over the dimensions; null, the default, for none.</param>
    /// <exception cref="ArgumentException">The tensor has no dimension, a vector without places, or an element type that no column has; or the names aren't as many as the places.</exception>
    public static TableColumn Of(string name, Tensor values, IReadOnlyList<string>? slotNames = null) => TensorColumns.Values(name, values, slotNames);

    /// <summary>A column of classes as keys, which ML.NET's classifiers want: class c is the key c + 1, and −1 is a missing key.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="classes">(N) or (N, d₁, …), integers from −1 to the number of classes − 1, on any device.</param>
    /// <param name="classNames">What the classes are called, one for each; they become the annotation KeyValues.</param>
    /// <exception cref="ArgumentException">The tensor holds no integers, or one that is no class; or there are no names.</exception>
    public static TableColumn Keys(string name, Tensor classes, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        return TensorColumns.Keys(name, classes, classNames.Count, ColumnNotes.KeyValues(classNames));
    }

    /// <summary>A column of classes as keys without names.</summary>
    /// <inheritdoc cref="Keys(string, Tensor, IReadOnlyList{string})"/>
    /// <param name="name">The column's name.</param>
    /// <param name="classes">(N) or (N, d₁, …), integers from −1 to the number of classes − 1, on any device.</param>
    /// <param name="count">How many classes there are, at least 1.</param>
    public static TableColumn Keys(string name, Tensor classes, int count) => TensorColumns.Keys(name, classes, count, null);

    /// <summary>A column of numbers, as Double.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One for each row; not to be changed as long as the view is read.</param>
    public static TableColumn Of(string name, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ListColumn<double, double>(name, NumberDataViewType.Double, values, value => value);
    }

    /// <summary>A column of whole numbers, as Int64.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One for each row; not to be changed as long as the view is read.</param>
    public static TableColumn Of(string name, IReadOnlyList<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ListColumn<long, long>(name, NumberDataViewType.Int64, values, value => value);
    }

    /// <summary>A column of text.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One for each row; not to be changed as long as the view is read. Null is the empty text, as ML.NET knows no other.</param>
    public static TableColumn Of(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ListColumn<string?, ReadOnlyMemory<char>>(name, TextDataViewType.Instance, values, value => value.AsMemory());
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}, {Count} rows";

    /// <summary>Releases what the column holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the column holds.</summary>
    private protected virtual void Dispose(bool disposing)
    {
    }
}
