using Microsoft.ML;
using Microsoft.ML.Data;
using TorchRef.Interop.DataViews;

namespace TorchRef.Interop.Tests.DataViews;

/// <summary>Views as somebody else might have made them: one column x of any type, with any values.</summary>
internal static class OneColumn
{
    public static IDataView Of<T>(DataViewType type, params T[] values) =>
        new RecordDataView(new NumberSource(values.Length), new RecordColumn<T>("x", type, (record, ref value) => value = values[BitConverter.ToInt32(record)]));

    public static IDataView OfVectors<T>(PrimitiveDataViewType item, int size, params VBuffer<T>[] values) => Of(new VectorDataViewType(item, size), values);
}
