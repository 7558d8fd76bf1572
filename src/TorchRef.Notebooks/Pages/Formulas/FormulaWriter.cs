using System.Net;
using System.Text;

namespace TorchRef.Notebooks.Pages.Formulas;

/// <summary>Writes formulas of LaTeX as MathML, which browsers show without a script or a font from elsewhere.</summary>
/// <remarks>Understands what notebooks on networks need; anything else is an error, never left out.</remarks>
internal sealed class FormulaWriter
{
    private readonly FormulaReader _reader;
    private readonly bool _display;

    private FormulaWriter(string formula, bool display) => (_reader, _display) = (new FormulaReader(formula), display);

    /// <param name="formula">The formula, without the dollars around it.</param>
    /// <param name="display">Whether it stands in lines of its own.</param>
    /// <exception cref="FormulaException">It uses what isn't understood, or breaks off.</exception>
    public static string Write(string formula, bool display)
    {
        var writer = new FormulaWriter(formula, display);
        var row = writer.Row();
        if (writer._reader.Peek() is { Length: > 0 } rest) throw new FormulaException($"a formula must end where its parts do: expected its end but got {rest}");
        return $"<math{(display ? " display=\"block\"" : "")}>{row}</math>";
    }

    /// <summary>All up to the end of what encloses it, or to a token that ends it.</summary>
    private string Row(string? end = null)
    {
        var row = new StringBuilder("<mrow>");
        while (_reader.Peek() is not ("" or "}" or "&" or @"\\" or @"\right" or @"\end") && _reader.Peek() != end) row.Append(Scripted());
        return row.Append("</mrow>").ToString();
    }

    /// <summary>A part with what stands above and below it.</summary>
    private string Scripted()
    {
        var token = _reader.Peek();
        var limits = token == @"\underbrace" || (Symbols.Large.ContainsKey(token) && _display);
        var part = Part();
        string? below = null, above = null;
        while (_reader.Peek() is "_" or "^" or "'")
        {
            var mark = _reader.Next();
            if (mark == "_") below = Part();
            else above = (above ?? "") + (mark == "'" ? "<mo>′</mo>" : Part());
        }
        return (below, above, limits) switch
        {
            (null, null, _) => part,
            (not null, null, true) => $"<munder>{part}{below}</munder>",
            (null, not null, true) => $"<mover>{part}{Group(above)}</mover>",
            (not null, not null, true) => $"<munderover>{part}{below}{Group(above)}</munderover>",
            (not null, null, _) => $"<msub>{part}{below}</msub>",
            (null, not null, _) => $"<msup>{part}{Group(above)}</msup>",
            _ => $"<msubsup>{part}{below}{Group(above)}</msubsup>",
        };
    }

    private static string Group(string parts) => $"<mrow>{parts}</mrow>";

    private string Part()
    {
        var token = _reader.Next();
        if (token.Length == 0) throw new FormulaException("a formula must go on: expected a symbol but got its end");
        if (token == "{") return Braced();
        if (token[0] != '\\' && !Symbols.Spaces.ContainsKey(token)) return Plain(token);
        if (Symbols.Letters.TryGetValue(token, out var letter)) return $"<mi>{letter}</mi>";
        if (Symbols.Operators.TryGetValue(token, out var sign)) return Operator(sign);
        if (Symbols.Large.TryGetValue(token, out var large)) return $"<mo movablelimits=\"false\">{large}</mo>";
        if (Symbols.Functions.Contains(token)) return $"<mi>{token[1..]}</mi><mo>⁡</mo>";
        if (Symbols.Spaces.TryGetValue(token, out var space)) return $"<mspace width=\"{space}\"/>";
        if (Symbols.Accents.TryGetValue(token, out var accent)) return $"<mover accent=\"true\">{Part()}<mo stretchy=\"{(token is @"\overline" or @"\widehat" ? "true" : "false")}\">{accent}</mo></mover>";
        if (Symbols.Alphabets.TryGetValue(token, out var alphabet)) return $"<mi>{Styled(_reader.Text(), alphabet)}</mi>";
        return token switch
        {
            @"\frac" or @"\tfrac" or @"\dfrac" => $"<mfrac>{Part()}{Part()}</mfrac>",
            @"\sqrt" => Root(),
            @"\text" or @"\textrm" => $"<mtext>{WebUtility.HtmlEncode(_reader.Text().Replace(' ', ' '))}</mtext>",
            @"\mathrm" or @"\operatorname" => $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(_reader.Text().Replace(@"\,", " ", StringComparison.Ordinal))}</mi>",
            @"\underbrace" => $"<munder>{Part()}<mo stretchy=\"true\">⏟</mo></munder>",
            @"\left" => Fenced(),
            @"\begin" => Environment(),
            _ => throw new FormulaException($"a formula may use the LaTeX that is understood here: expected a known command but got {token}"),
        };
    }

    private string Braced()
    {
        var row = Row();
        _reader.Expect("}");
        return row;
    }

    private static string Plain(string token)
    {
        if (char.IsAsciiDigit(token[0])) return $"<mn>{token}</mn>";
        if (char.IsLetter(token, 0)) return $"<mi>{token}</mi>";
        return Operator(token == "-" ? "−" : token);
    }

    private static string Operator(string sign) =>
        sign is "(" or ")" or "[" or "]" or "{" or "}" or "|" or "‖" or "⟨" or "⟩" ? $"<mo stretchy=\"false\">{sign}</mo>" : $"<mo>{WebUtility.HtmlEncode(sign)}</mo>";

    private static string Styled(string text, (int capitals, int smalls, string elsewhere) alphabet)
    {
        var styled = new StringBuilder();
        foreach (var letter in text)
        {
            if (alphabet.elsewhere.IndexOf(letter) is var at and >= 0 && at % 2 == 0) styled.Append(alphabet.elsewhere[at + 1]);
            else if (char.IsAsciiLetterUpper(letter)) styled.Append(char.ConvertFromUtf32(alphabet.capitals + letter - 'A'));
            else if (char.IsAsciiLetterLower(letter)) styled.Append(char.ConvertFromUtf32(alphabet.smalls + letter - 'a'));
            else styled.Append(WebUtility.HtmlEncode(letter.ToString()));
        }
        return styled.ToString();
    }

    private string Root()
    {
        if (_reader.Peek() != "[") return $"<msqrt>{Part()}</msqrt>";
        _reader.Next();
        var degree = Row("]");
        _reader.Expect("]");
        return $"<mroot>{Part()}{degree}</mroot>";
    }

    private string Fenced()
    {
        var left = Fence();
        var row = Row();
        _reader.Expect(@"\right");
        return $"<mrow>{left}{row}{Fence()}</mrow>";
    }

    private string Fence()
    {
        var token = _reader.Next();
        return token == "." ? "" : $"<mo stretchy=\"true\" fence=\"true\">{(Symbols.Operators.TryGetValue(token, out var sign) ? sign : WebUtility.HtmlEncode(token))}</mo>";
    }

    private string Environment()
    {
        var name = _reader.Text();
        var (left, right, align) = name switch
        {
            "cases" => ("{", "", "left"),
            "aligned" or "align" or "align*" => ("", "", "right left"),
            "matrix" => ("", "", "center"),
            "pmatrix" => ("(", ")", "center"),
            "bmatrix" => ("[", "]", "center"),
            _ => throw new FormulaException($"a formula may use the environments that are understood here: expected cases, aligned, matrix, pmatrix or bmatrix but got {name}"),
        };
        var table = new StringBuilder($"<mtable columnalign=\"{align}\"{(align == "right left" ? " class=\"aligned\" displaystyle=\"true\"" : "")}>");
        do
        {
            table.Append("<mtr>");
            do table.Append("<mtd>").Append(Row()).Append("</mtd>");
            while (Take("&"));
            table.Append("</mtr>");
        }
        while (Take(@"\\"));
        _reader.Expect(@"\end");
        if (_reader.Text() is var end && end != name) throw new FormulaException($"an environment must end as it began: expected {name} but got {end}");
        return $"<mrow>{Bracket(left)}{table.Append("</mtable>")}{Bracket(right)}</mrow>";
    }

    private static string Bracket(string sign) => sign.Length == 0 ? "" : $"<mo stretchy=\"true\" fence=\"true\">{sign}</mo>";

    private bool Take(string token)
    {
        if (_reader.Peek() != token) return false;
        _reader.Next();
        return true;
    }
}
