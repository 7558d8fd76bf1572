using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Columns of any IDataView as tensors.</summary>
/// <remarks>
/// <para>
/// Single becomes float32, Double float64, Byte uint8, SByte int8, Int16, Int32 and Int64 int16, int32 and int64, Boolean bool.
/// UInt16 becomes int32, UInt32 int64, and UInt64 int64 as far as its numbers fit. A key becomes the int64 below it, its class
/// from 0, and a missing key −1 (<c>cross_entropy</c> with ignore_index −1 leaves it out). A vector of a known size, dense or
/// sparse, becomes the dimensions that its type has.
/// </para>
/// <para>Text, points in time, images and vectors of unknown size are refused by the name of their column.</para>
/// </remarks>
public static class DataViewTensors
{
    private const int RowsAtATime = 1024;

    /// <summary>All values of a column, on the CPU.</summary>
    /// <param name="view">Any view; it is read once.</param>
    /// <param name="column">The column's name.</param>
    /// <returns>(N) for scalars, (N, d₁, …) for vectors.</returns>
    /// <exception cref="ArgumentException">There is no such column, or a tensor can't hold it.</exception>
    /// <exception cref="InvalidDataException">A value isn't what its column says.</exception>
    public static Tensor ToTensor(this IDataView view, string column) => view.ToTensors(column)[column];

    /// <summary>All values of some columns, on the CPU; the view is read once for all.</summary>
    /// <param name="view">Any view.</param>
    /// <param name="columns">The columns' names, at least one.</param>
    /// <returns>For each name (N) for scalars, (N, d₁, …) for vectors.</returns>
    /// <exception cref="ArgumentException">There is no such column, or a tensor can't hold it.</exception>
    /// <exception cref="InvalidDataException">A value isn't what its column says.</exception>
    public static IReadOnlyDictionary<string, Tensor> ToTensors(this IDataView view, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(view);
        ColumnReader[] readers = [.. ColumnChoice.Named(view.Schema, columns).Select(ColumnReader.Of)];
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        using var rows = new RowReader(view, readers, RowsAtATime, random: null);
        var room = view.GetRowCount() ?? RowsAtATime;
        Tensor[] whole = [.. readers.Select(reader => empty([room, .. reader.ItemShape], reader.DType, CPU))]; // each [room, …]
        var read = 0L;
        while (rows.Read() is > 0 and var count)
        {
            using var step = NewDisposeScope();
            if (read + count > room)
            {
                room = Math.Max(2 * room, read + count);
                for (var i = 0; i < whole.Length; i++) whole[i] = Grown(whole[i], read, room);
            }
            foreach (var (target, part) in whole.Zip(rows.ToTensors(count)))
            {
                target.narrow(0, read, count).copy_(part);              // [count, …]
                part.Dispose();
            }
            read += count;
        }
        return columns.Zip(whole).ToDictionary(pair => pair.First, pair => (read == room ? pair.Second : pair.Second.narrow(0, 0, read).clone()).MoveToOuterDisposeScope()); // each [N, …]
    }

    /// <summary>All values of a column of text.</summary>
    /// <param name="view">Any view.</param>
    /// <param name="column">The column's name.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds no text.</exception>
    public static IReadOnlyList<string> ToStrings(this IDataView view, string column)
    {
        ArgumentNullException.ThrowIfNull(view);
        var found = ColumnChoice.Named(view.Schema, [column])[0];
        if (found.Type is not TextDataViewType) throw new ArgumentException($"text is read as text: expected a column of String but {column} is {found.Type}", nameof(column));
        using var cursor = view.GetRowCursor([found]);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(found);
        var (texts, text) = (new List<string>(), ReadOnlyMemory<char>.Empty);
        while (cursor.MoveNext())
        {
            getter(ref text);
            texts.Add(text.ToString());
        }
        return texts;
    }

    private static Tensor Grown(Tensor values, long used, long room)
    {
        var grown = empty([room, .. values.shape.Skip(1)], values.dtype, CPU); // [room, …]
        grown.narrow(0, 0, used).copy_(values.narrow(0, 0, used));
        values.Dispose();
        return grown.MoveToOuterDisposeScope();
    }
}
