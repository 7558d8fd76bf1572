using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.DataViews;

/// <summary>A column of values that lie in a list.</summary>
/// <typeparam name="TItem">What the list holds.</typeparam>
/// <typeparam name="TValue">The raw type of the column.</typeparam>
internal sealed class ListColumn<TItem, TValue>(string name, PrimitiveDataViewType type, IReadOnlyList<TItem> values, Func<TItem, TValue> convert)
    : TableColumn(name, type, null, values.Count)
{
    internal override Delegate Getter(ViewCursor cursor) => (ValueGetter<TValue>)((ref TValue value) => value = convert(values[(int)cursor.Row]));
}
