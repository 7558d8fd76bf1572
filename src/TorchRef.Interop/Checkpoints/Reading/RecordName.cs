using System.Text;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>The name of a record. Nothing is ever written where a name says; a name that tries to lead out of its folder shows bad intent.</summary>
internal static class RecordName
{
    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    public static string Of(byte[] bytes)
    {
        string name;
        try
        {
            name = s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refusal.Of("a record's name must be text", "UTF-8", Refusal.Quote(Encoding.Latin1.GetString(bytes)));
        }
        var parts = name.Split('/');
        var inner = parts[^1].Length == 0 ? parts[..^1] : parts;
        if (inner.Length == 0 || inner.Any(part => part.Length == 0 || part is "." or "..") || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl))
            throw Refusal.Of("a record's name must stay in its folder", "names with / between them", Refusal.Quote(name));
        return name;
    }
}
