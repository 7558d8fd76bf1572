using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;

namespace TorchRef.Notebooks.Display;

/// <summary>Rows of equal make as a table: a column for each public property, a row for each element.</summary>
internal sealed class DataTable
{
    private readonly string[] _columns;
    private readonly bool[] _isNumber;
    private readonly List<string[]> _rows;

    private DataTable(string[] columns, bool[] isNumber, List<string[]> rows) => (_columns, _isNumber, _rows) = (columns, isNumber, rows);

    /// <param name="rows">The elements.</param>
    /// <param name="type">Their type, which says what columns there are, even where there is no row.</param>
    public static DataTable Of(IEnumerable rows, Type type)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanRead && member.GetIndexParameters().Length == 0).ToArray();
        return new([.. members.Select(member => member.Name)], [.. members.Select(member => Scalars.IsNumber(member.PropertyType))], [.. rows.Cast<object?>().Select(row => members.Select(member => row is null ? "" : Scalars.Text(member.GetValue(row))).ToArray())]);
    }

    public static DataTable Of(IDictionary pairs)
    {
        var rows = new List<string[]>();
        var numbers = true;
        // A dictionary's own enumerator alone gives entries, whatever types they are of.
        for (var pair = pairs.GetEnumerator(); pair.MoveNext();)
        {
            rows.Add([Scalars.Text(pair.Key), Scalars.Text(pair.Value)]);
            numbers &= pair.Value is { } value && Scalars.IsNumber(value.GetType());
        }
        return new(["key", "value"], [false, numbers], rows);
    }

    /// <summary>Whether a type is made to hold a row: an anonymous type or a record.</summary>
    public static bool IsRow(Type type) =>
        type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal) || type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    public string ToHtml()
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        Row(html, "th", _columns);
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in _rows)
        {
            html.Append("<tr>");
            Row(html, "td", row);
            html.Append("</tr>\n");
        }
        return html.Append("</tbody>\n</table>").ToString();
    }

    public string ToText()
    {
        var widths = _columns.Select((name, i) => _rows.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows.Prepend(_columns))
        {
            var cells = row.Select((cell, i) => _isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private void Row(StringBuilder html, string tag, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            html.Append('<').Append(tag).Append(_isNumber[i] ? " style=\"text-align:right\">" : " style=\"text-align:left\">").Append(WebUtility.HtmlEncode(cells[i])).Append("</").Append(tag).Append('>');
    }
}
