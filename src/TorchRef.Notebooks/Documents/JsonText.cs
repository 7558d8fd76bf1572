using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TorchRef.Notebooks.Documents;

/// <summary>JSON as Jupyter writes it, so that its tools and this one leave the same bytes.</summary>
internal static partial class JsonText
{
    /// <summary>The first code that is written as it is; JSON asks for less escaping than this platform does.</summary>
    private const int FirstPlain = 0x7F;

    /// <param name="root">What to write.</param>
    /// <param name="indent">Spaces for each level; 0 for all in one line.</param>
    /// <param name="depth">The deepest level there may be.</param>
    public static string Write(JsonNode root, int indent, int depth)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = indent > 0, IndentSize = Math.Max(1, indent), NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = depth }))
            root.WriteTo(writer);
        return Escape().Replace(Encoding.UTF8.GetString(bytes.ToArray()), Plain);
    }

    private static string Plain(Match escape)
    {
        if (!escape.Groups["code"].Success) return escape.Value;
        var code = int.Parse(escape.Groups["code"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return code >= FirstPlain ? ((char)code).ToString() : escape.Value.ToLowerInvariant();
    }

    /// <summary>Any escape, so that a backslash that is escaped itself is not taken for the beginning of one.</summary>
    [GeneratedRegex(@"\\(u(?<code>[0-9A-Fa-f]{4})|.)")]
    private static partial Regex Escape();
}
