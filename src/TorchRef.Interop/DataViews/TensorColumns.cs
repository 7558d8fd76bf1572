using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace TorchRef.Interop.DataViews;

/// <summary>Makes columns of tensors.</summary>
internal static class TensorColumns
{
    public static TableColumn Values(string name, Tensor values, IReadOnlyList<string>? slotNames)
    {
        RequireRows(name, values);
        var slots = slotNames is null ? null : SlotNames(name, values, slotNames);
        return values.dtype switch
        {
            ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => new TensorColumn<float>(name, NumberDataViewType.Single, Own(values, ScalarType.Float32), slots),
            ScalarType.Float64 => new TensorColumn<double>(name, NumberDataViewType.Double, Own(values), slots),
            ScalarType.Byte => new TensorColumn<byte>(name, NumberDataViewType.Byte, Own(values), slots),
            ScalarType.Int8 => new TensorColumn<sbyte>(name, NumberDataViewType.SByte, Own(values), slots),
            ScalarType.Int16 => new TensorColumn<short>(name, NumberDataViewType.Int16, Own(values), slots),
            ScalarType.Int32 => new TensorColumn<int>(name, NumberDataViewType.Int32, Own(values), slots),
            ScalarType.Int64 => new TensorColumn<long>(name, NumberDataViewType.Int64, Own(values), slots),
            ScalarType.Bool => new TensorColumn<bool>(name, BooleanDataViewType.Instance, Own(values), slots),
            _ => throw new ArgumentException($"a column has an element type that ML.NET knows: expected real numbers or truth values but got {values.dtype} for {name}", nameof(values)),
        };
    }

    public static TableColumn Keys(string name, Tensor classes, int count, DataViewSchema.Annotations? names)
    {
        RequireRows(name, classes);
        if (count < 1) throw new ArgumentException($"a key stands for one of some classes: expected at least 1 but got {count} for {name}", nameof(count));
        if (!is_integral(classes.dtype))
            throw new ArgumentException($"classes are whole numbers: expected an integer type but got {classes.dtype} for {name}", nameof(classes));
        using var scope = NewDisposeScope();
        var numbers = classes.detach().cpu().to_type(ScalarType.Int64);  // the classes' shape
        RequireClasses(name, numbers, count);
        // The bits of an int32 and of a uint32 are the same for what fits both, and torch has no uint32.
        return new TensorColumn<uint>(name, new KeyDataViewType(typeof(uint), count), Own(numbers + 1, ScalarType.Int32), names);
    }

    private static void RequireRows(string name, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var shape = values.shape;
        if (shape.Length == 0) throw new ArgumentException($"a column has a row for each of the first dimension: expected at least one dimension but got a scalar for {name}", nameof(values));
        if (shape.Skip(1).Contains(0)) throw new ArgumentException($"a vector of ML.NET has a size, and 0 stands for an unknown one: expected places but got [{string.Join(", ", shape)}] for {name}", nameof(values));
    }

    private static DataViewSchema.Annotations SlotNames(string name, Tensor values, IReadOnlyList<string> slotNames)
    {
        var places = values.dim() == 1 ? 0 : values.shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        if (slotNames.Count != places) throw new ArgumentException($"each place of a vector has a name: expected {places} but got {slotNames.Count} for {name}", nameof(slotNames));
        return ColumnNotes.SlotNames(slotNames);
    }

    private static void RequireClasses(string name, Tensor numbers, int count)
    {
        var strays = (numbers < -1).logical_or(numbers >= count).view(-1).nonzero(); // [strays, 1]
        if (strays.shape[0] == 0) return;
        var place = strays[0, 0].item<long>();
        throw new ArgumentException($"a class is below the number of classes, and −1 is a missing one: expected −1 to {count - 1} but got {numbers.view(-1)[place].item<long>()} in row {place / (numbers.numel() / numbers.shape[0])} of {name}", nameof(numbers));
    }

    /// <summary>A handle of one's own to the values, on the CPU, row after row; a copy only where they aren't so already.</summary>
    private static Tensor Own(Tensor values, ScalarType? dtype = null)
    {
        using var scope = NewDisposeScope();
        return values.detach().cpu().to_type(dtype ?? values.dtype).contiguous().alias().DetachFromDisposeScope(); // the values' shape
    }
}
