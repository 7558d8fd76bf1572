using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;

namespace TorchRef.Experiments.Data;

/// <summary>Digits as ML.NET's IDataView, in memory or streamed from the files of MNIST.</summary>
/// <remarks>
/// The columns, named as ML.NET's trainers expect them: <c>Label</c>, a key of 10 values named 0 to 9 (digit d is the key d + 1), and
/// <c>Features</c>, a vector of the pixels row by row, Single, from 0.0 (background) to 1.0 (full ink), whose slots are named
/// <c>row,column</c>.
/// </remarks>
public static class DigitDataView
{
    /// <summary>The column of labels.</summary>
    public const string Label = "Label";

    /// <summary>The column of pixels.</summary>
    public const string Features = "Features";

    /// <summary>Images in memory.</summary>
    /// <param name="digits">The images.</param>
    public static RecordDataView Of(DigitSet digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        return Create(new DigitSource(digits), digits.Rows, digits.Columns);
    }

    /// <summary>Images in the files of MNIST, plain or gzip, read whenever a cursor is opened and never held as a whole.</summary>
    /// <remarks>
    /// A plain pair of files is shuffled over all rows, and read side by side by the cursors of a set. A compressed one can't be
    /// read at any place: it is shuffled through a pool of 4096 images, and the cursors of a set take turns at one stream.
    /// </remarks>
    /// <param name="directory">The folder that holds the four files.</param>
    /// <param name="split">Which of them.</param>
    /// <exception cref="DataFormatException">
    /// The folder or a file is missing, or a header isn't as it should be. Damage beyond the headers, and files that were changed
    /// since, are reported by the cursor that meets them.
    /// </exception>
    public static RecordDataView Stream(string directory, DigitSplit split)
    {
        string[] paths = Mnist.FindFiles(directory);
        int first = split == DigitSplit.Train ? 0 : 2;
        return Create(new MnistSource(paths[first], paths[first + 1]), Mnist.Side, Mnist.Side);
    }

    private static RecordDataView Create(IRecordSource source, int rows, int columns)
    {
        int pixels = rows * columns;
        string[] digits = [.. Enumerable.Range(0, DigitSet.ClassCount).Select(digit => $"{digit}")];
        string[] slots = [.. Enumerable.Range(0, pixels).Select(pixel => $"{pixel / columns},{pixel % columns}")];
        return new RecordDataView(source,
            new RecordColumn<uint>(Label, new KeyDataViewType(typeof(uint), DigitSet.ClassCount), (record, ref value) => value = record[^1] + 1u, ColumnNotes.KeyValues(digits)),
            new RecordColumn<VBuffer<float>>(Features, new VectorDataViewType(NumberDataViewType.Single, pixels), (record, ref value) => ReadPixels(record[..pixels], ref value), ColumnNotes.SlotNames(slots)));
    }

    private static void ReadPixels(ReadOnlySpan<byte> pixels, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, pixels.Length);
        DigitSet.Convert(pixels, editor.Values);
        value = editor.Commit();
    }
}
