using TorchRef.Notebooks.Display;
using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Notebooks.Kernel;

/// <summary>Display methods of every value, as .NET Interactive has them.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value in the notebook, in the forms that its type has or in those that are named.</summary>
    /// <exception cref="ArgumentException">A form is named that the value doesn't have.</exception>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        OutputCollector.Current.Display(ValueFormatter.Format(value, mimeTypes));

    /// <summary>Shows a text that is of this MIME type.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        OutputCollector.Current.Display(new MimeBundle(KeyValuePair.Create(mimeType, value)));

    /// <summary>Shows a sequence as a table: a column for each public property.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value) =>
        OutputCollector.Current.Display(ValueFormatter.Table(value));
}
