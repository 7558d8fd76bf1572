using Microsoft.ML;

namespace TorchRef.Interop.DataViews;

/// <summary>Which columns of a view somebody asks for.</summary>
internal static class ColumnChoice
{
    /// <summary>For each column whether it is asked for.</summary>
    /// <exception cref="ArgumentException">A column is another view's.</exception>
    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        var active = new bool[schema.Count];
        foreach (var column in columnsNeeded) active[Place(schema, column)] = true;
        return active;
    }

    /// <summary>The index of a column.</summary>
    /// <exception cref="ArgumentException">It is another view's.</exception>
    public static int Place(DataViewSchema schema, DataViewSchema.Column column)
    {
        if (column.Index >= schema.Count || schema[column.Index].Name != column.Name || !schema[column.Index].Type.Equals(column.Type))
            throw new ArgumentException($"a column must be one of this view's: expected {Names(schema)} but got {column.Name ?? "none"} at {column.Index}", nameof(column));
        return column.Index;
    }

    /// <summary>The columns of these names.</summary>
    /// <exception cref="ArgumentException">There is none of a name, or no name.</exception>
    public static IReadOnlyList<DataViewSchema.Column> Named(DataViewSchema schema, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0) throw new ArgumentException($"columns are read by name: expected at least one of {Names(schema)} but got none", nameof(names));
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"a column is read once: expected different names but got {twice.Key} twice", nameof(names));
        return [.. names.Select(name => schema.GetColumnOrNull(name) ?? throw new ArgumentException($"a column must be there to be read: expected {Names(schema)} but got {name}", nameof(names)))];
    }

    private static string Names(DataViewSchema schema) => string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name));
}
