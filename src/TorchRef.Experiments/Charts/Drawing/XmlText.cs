using System.Text;

namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>Makes any string safe inside XML and HTML, in text and in quoted attributes.</summary>
internal static class XmlText
{
    /// <summary>Escapes markup; characters that XML 1.0 forbids, and halves of surrogate pairs, become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case < 0x20 and not ('\t' or '\n' or '\r'): escaped.Append('\uFFFD'); break;
                case 0xFFFE or 0xFFFF: escaped.Append('\uFFFD'); break;
                default: escaped.Append(rune.ToString()); break;
            }
        }

        return escaped.ToString();
    }
}
