namespace TorchRef.Notebooks.Pages.Formulas;

/// <summary>The tokens of a formula: a command with its backslash, a number, or a single character.</summary>
internal sealed class FormulaReader(string formula)
{
    private int _at;

    /// <summary>The next token, which stays; empty at the end.</summary>
    public string Peek()
    {
        var before = _at;
        var token = Next();
        _at = before;
        return token;
    }

    /// <summary>The next token; empty at the end.</summary>
    public string Next()
    {
        while (_at < formula.Length && char.IsWhiteSpace(formula[_at])) _at++;
        if (_at >= formula.Length) return "";
        var start = _at++;
        if (formula[start] == '\\' && _at < formula.Length)
        {
            if (!char.IsAsciiLetter(formula[_at++])) return formula[start.._at];
            while (_at < formula.Length && char.IsAsciiLetter(formula[_at])) _at++;
        }
        else if (char.IsAsciiDigit(formula[start]))
        {
            while (_at < formula.Length && (char.IsAsciiDigit(formula[_at]) || (formula[_at] == '.' && _at + 1 < formula.Length && char.IsAsciiDigit(formula[_at + 1])))) _at++;
        }
        else if (char.IsHighSurrogate(formula[start]) && _at < formula.Length)
        {
            _at++;
        }
        return formula[start.._at];
    }

    /// <summary>Takes the next token, which must be this one.</summary>
    public void Expect(string token)
    {
        var got = Next();
        if (got != token) throw new FormulaException($"a formula must go on as it began: expected {token} but got {(got.Length == 0 ? "its end" : got)}");
    }

    /// <summary>The text between braces, as it stands.</summary>
    public string Text()
    {
        Expect("{");
        var end = formula.IndexOf('}', _at);
        if (end < 0) throw new FormulaException("a text in a formula must end: expected } but got its end");
        var text = formula[_at..end];
        _at = end + 1;
        return text;
    }
}
