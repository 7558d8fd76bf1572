using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchRef.Interop.DataViews;

/// <summary>A column of one of this library's views.</summary>
public abstract class ViewColumn
{
    private protected ViewColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(type);
        (Name, Type, Annotations) = (name, type, annotations);
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public DataViewType Type { get; }

    /// <summary>What else is known of it, such as the names of classes; null for nothing.</summary>
    public DataViewSchema.Annotations? Annotations { get; }

    /// <summary>A <see cref="ValueGetter{TValue}"/> of the raw type, which reads the row where the cursor is.</summary>
    internal abstract Delegate Getter(ViewCursor cursor);

    internal static DataViewSchema Schema(IEnumerable<ViewColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
