using System.Globalization;
using System.Numerics;
using System.Text;

namespace TorchRef.Experiments.Search.Studies.PythonJson;

/// <summary>Writes values as Python's <c>json.dumps</c> does: pure ASCII, NaN and the infinities as bare words, floats in their shortest form.</summary>
internal static class PyJsonWriter
{
    /// <param name="value">What is written.</param>
    /// <param name="spaced">With a space behind each comma and colon, as <c>json.dumps</c> does when it isn't told otherwise.</param>
    public static string Write(PyJson value, bool spaced)
    {
        var text = new StringBuilder();
        Write(text, value, spaced);
        return text.ToString();
    }

    private static void Write(StringBuilder text, PyJson json, bool spaced)
    {
        switch (json.Value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case BigInteger whole: text.Append(whole.ToString(CultureInfo.InvariantCulture)); break;
            case double real: text.Append(PyFloat.Text(real)); break;
            case string words: Write(text, words); break;
            case IReadOnlyList<PyJson> list:
                text.Append('[');
                for (int i = 0; i < list.Count; i++)
                {
                    if (i > 0) text.Append(spaced ? ", " : ",");
                    Write(text, list[i], spaced);
                }

                text.Append(']');
                break;
            case IReadOnlyDictionary<string, PyJson> dict:
                text.Append('{');
                bool first = true;
                foreach ((string key, PyJson value) in dict)
                {
                    if (!first) text.Append(spaced ? ", " : ",");
                    first = false;
                    Write(text, key);
                    text.Append(spaced ? ": " : ":");
                    Write(text, value, spaced);
                }

                text.Append('}');
                break;
        }
    }

    private static void Write(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (char letter in words)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                default:
                    if (letter is >= ' ' and <= '~') text.Append(letter);
                    else text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
            }
        }

        text.Append('"');
    }
}
