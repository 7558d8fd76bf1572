using System.Globalization;
using System.Numerics;
using System.Text;

namespace TorchRef.Experiments.Search.Studies.PythonJson;

/// <summary>Reads what Python's <c>json.loads</c> reads: JSON, and the bare words NaN, Infinity and -Infinity; ints of any size; lone surrogates in escapes.</summary>
/// <remarks>System.Text.Json takes neither the words nor lone surrogates, and other readers take single quotes and comments, over which Optuna falls.</remarks>
internal ref struct PyJsonReader
{
    // Python gives up somewhat below 1000; nobody nests so deep.
    private const int DeepestNesting = 500;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private PyJsonReader(ReadOnlySpan<byte> text) => _text = text;

    /// <param name="utf8">One value; white space around it doesn't count, nor does a byte-order mark before it.</param>
    /// <exception cref="PyJsonException">It is none.</exception>
    public static PyJson Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new PyJsonReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        PyJson value = reader.Value(0);
        reader.SkipSpace();
        return reader._at == reader._text.Length ? value : throw reader.Unexpected("the end");
    }

    public static PyJson Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private PyJson Value(int depth)
    {
        if (depth > DeepestNesting) throw new PyJsonException($"expected at most {DeepestNesting} levels of brackets but got more");
        SkipSpace();
        if (_at == _text.Length) throw Unexpected("a value");
        switch (_text[_at])
        {
            case (byte)'{': return Dict(depth);
            case (byte)'[': return List(depth);
            case (byte)'"': return PyJson.Of(String());
            case (byte)'n': return Word("null"u8, PyJson.None);
            case (byte)'t': return Word("true"u8, true);
            case (byte)'f': return Word("false"u8, false);
            case (byte)'N': return Word("NaN"u8, double.NaN);
            case (byte)'I': return Word("Infinity"u8, double.PositiveInfinity);
            case (byte)'-' when _text[_at..].StartsWith("-I"u8): return Word("-Infinity"u8, double.NegativeInfinity);
            default: return Number();
        }
    }

    private PyJson Dict(int depth)
    {
        var entries = new List<KeyValuePair<string, PyJson>>();
        _at++;
        SkipSpace();
        if (Take('}')) return PyJson.DictOf(entries);
        do
        {
            SkipSpace();
            if (_at == _text.Length || _text[_at] != '"') throw Unexpected("a key in double quotes");
            string key = String();
            SkipSpace();
            if (!Take(':')) throw Unexpected("':'");
            entries.Add(new(key, Value(depth + 1)));
            SkipSpace();
        }
        while (Take(','));
        return Take('}') ? PyJson.DictOf(entries) : throw Unexpected("',' or '}'");
    }

    private PyJson List(int depth)
    {
        var items = new List<PyJson>();
        _at++;
        SkipSpace();
        if (Take(']')) return PyJson.ListOf(items);
        do
        {
            items.Add(Value(depth + 1));
            SkipSpace();
        }
        while (Take(','));
        return Take(']') ? PyJson.ListOf(items) : throw Unexpected("',' or ']'");
    }

    private PyJson Number()
    {
        int start = _at;
        Take('-');
        int first = _at;
        Digits();
        if (_at == first || (_text[first] == '0' && _at > first + 1))
        {
            _at = first;
            throw Unexpected("a value");
        }

        bool isInt = true;
        int end = _at;
        if (Take('.') && Digits() > 0) (isInt, end) = (false, _at);
        _at = end;
        if (Take('e') || Take('E'))
        {
            if (!Take('-')) Take('+');
            if (Digits() > 0) (isInt, end) = (false, _at);
        }

        _at = end;
        string text = Encoding.ASCII.GetString(_text[start..end]);
        return isInt
            ? PyJson.Of(BigInteger.Parse(text, CultureInfo.InvariantCulture))
            : PyJson.Of(double.Parse(text, CultureInfo.InvariantCulture));
    }

    private string String()
    {
        int start = ++_at;
        var text = new StringBuilder();
        for (; ; _at++)
        {
            if (_at == _text.Length) throw Unexpected("'\"'");
            byte letter = _text[_at];
            if (letter < ' ') throw Unexpected("no control character in a string");
            if (letter is not ((byte)'"' or (byte)'\\')) continue;
            text.Append(Decoded(_text[start.._at]));
            _at++;
            if (letter == '"') return text.ToString();
            text.Append(Escape());
            start = _at--;
        }
    }

    private char Escape()
    {
        if (_at == _text.Length) throw Unexpected("an escape");
        switch (_text[_at++])
        {
            case (byte)'"': return '"';
            case (byte)'\\': return '\\';
            case (byte)'/': return '/';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case (byte)'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default:
                _at--;
                throw Unexpected("an escape of JSON");
        }
    }

    private readonly string Decoded(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return _strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new PyJsonException("expected UTF-8 but got other bytes in a string");
        }
    }

    private PyJson Word(ReadOnlySpan<byte> word, PyJson value)
    {
        if (!_text[_at..].StartsWith(word)) throw Unexpected("a value");
        _at += word.Length;
        return value;
    }

    private int Digits()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at])) _at++;
        return _at - start;
    }

    private bool Take(char letter)
    {
        if (_at == _text.Length || _text[_at] != letter) return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    private readonly PyJsonException Unexpected(string expected) => new(
        $"expected {expected} in column {_at + 1} but got {(_at == _text.Length ? "the end" : _text[_at] is > (byte)' ' and <= (byte)'~' ? $"'{(char)_text[_at]}'" : $"the byte {_text[_at]:x2}")}");
}
