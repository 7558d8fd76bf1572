using System.Collections;
using System.Net;
using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Display;

/// <summary>A value in the forms that a notebook shows.</summary>
internal static class ValueFormatter
{
    /// <param name="value">Anything, also null.</param>
    /// <param name="types">The forms that are asked for; the value's own choice where there is none.</param>
    /// <exception cref="ArgumentException">A form is asked for that the value doesn't have.</exception>
    public static MimeBundle Format(object? value, IReadOnlyList<string> types)
    {
        var forms = new Dictionary<string, string>(All(value), StringComparer.Ordinal);
        if (types.Count == 0)
        {
            var preferred = value is null ? [] : ConventionFormatters.Of(value.GetType()).Preferred;
            // Plain text is always there too: for terminals, and for readers that show nothing else.
            return new MimeBundle(preferred.Count == 0 ? forms : forms.Where(form => preferred.Contains(form.Key) || form.Key == MimeTypes.Text));
        }
        if (types.Contains(MimeTypes.Html)) forms.TryAdd(MimeTypes.Html, $"<pre>{WebUtility.HtmlEncode(forms.GetValueOrDefault(MimeTypes.Text, ""))}</pre>");
        return new MimeBundle(types.Distinct(StringComparer.Ordinal).Select(type => KeyValuePair.Create(type, forms.GetValueOrDefault(type)
            ?? throw new ArgumentException($"a value is shown in a form that it has: expected {string.Join(", ", forms.Keys.Order(StringComparer.Ordinal))} but got '{type}'"))));
    }

    /// <summary>The elements of a sequence as a table, whatever they are.</summary>
    public static MimeBundle Table<T>(IEnumerable<T> rows) => Both(DataTable.Of(rows, typeof(T) == typeof(object) ? rows.FirstOrDefault()?.GetType() ?? typeof(object) : typeof(T)));

    private static IEnumerable<KeyValuePair<string, string>> All(object? value)
    {
        if (value is HtmlContent html) return [KeyValuePair.Create(MimeTypes.Html, html.Text)];
        var own = value is null ? [] : ConventionFormatters.Of(value.GetType()).Format(value).ToList();
        if (own.Any(form => form.Key == MimeTypes.Text)) return own;
        return own.Count > 0 ? own.Append(KeyValuePair.Create(MimeTypes.Text, Scalars.Text(value))) : BuiltIn(value).Forms;
    }

    private static MimeBundle BuiltIn(object? value)
    {
        if (value is IDictionary pairs) return Both(DataTable.Of(pairs));
        if (value is not IEnumerable sequence || value is string) return Text(Scalars.Text(value));
        var rows = sequence.Cast<object?>().Take(Scalars.MostElements).ToList();
        return rows.Count > 0 && rows[0]?.GetType() is { } type && DataTable.IsRow(type) && rows.All(row => row?.GetType() == type)
            ? Both(DataTable.Of(rows, type))
            : Text(Scalars.List(sequence));
    }

    private static MimeBundle Text(string text) => new(KeyValuePair.Create(MimeTypes.Text, text));

    private static MimeBundle Both(DataTable table) => new([KeyValuePair.Create(MimeTypes.Text, table.ToText()), KeyValuePair.Create(MimeTypes.Html, table.ToHtml())]);
}
