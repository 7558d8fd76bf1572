using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.DataViews;

/// <summary>The annotations of columns, by the names that ML.NET looks for.</summary>
public static class ColumnNotes
{
    private const string SlotNamesKind = "SlotNames", KeyValuesKind = "KeyValues";

    /// <summary>SlotNames: what each place of a vector is called.</summary>
    /// <param name="names">One for each place.</param>
    public static DataViewSchema.Annotations SlotNames(IReadOnlyList<string> names) => Names(SlotNamesKind, names);

    /// <summary>KeyValues: what each value of a key stands for, the first for the key 1.</summary>
    /// <param name="names">One for each value.</param>
    public static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> names) => Names(KeyValuesKind, names);

    private static DataViewSchema.Annotations Names(string kind, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) throw new ArgumentException($"{kind} name something: expected at least one name but got none", nameof(names));
        var texts = names.Select(name => name.AsMemory()).ToArray();
        var builder = new DataViewSchema.Annotations.Builder();
        // A copy each time: a getter's caller may write into what it got.
        builder.Add(kind, new VectorDataViewType(TextDataViewType.Instance, texts.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(texts, 0, ref value, texts.Length));
        return builder.ToAnnotations();
    }
}
