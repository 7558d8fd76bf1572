using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TorchRef.Notebooks.Pages;

/// <summary>Programs with their keywords, texts, numbers and comments told apart.</summary>
internal static class CodeColors
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static string ToHtml(string code)
    {
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, s_options).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia) Write(html, Class(trivia), trivia.ToFullString());
            Write(html, Class(token), token.ToString());
            foreach (var trivia in token.TrailingTrivia) Write(html, Class(trivia), trivia.ToFullString());
        }
        return html.ToString();
    }

    private static void Write(StringBuilder html, string? name, string text)
    {
        if (text.Length == 0) return;
        if (name is null) html.Append(WebUtility.HtmlEncode(text));
        else html.Append("<span class=\"").Append(name).Append("\">").Append(WebUtility.HtmlEncode(text)).Append("</span>");
    }

    private static string? Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.InterpolatedVerbatimStringStartToken => "t",
        SyntaxKind.NumericLiteralToken => "n",
        _ when token.IsKeyword() || token.IsContextualKeyword() || (token.IsKind(SyntaxKind.IdentifierToken) && token.Text == "var") => "k",
        _ => null,
    };

    private static string? Class(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia => "c",
        _ when trivia.IsDirective => "d",
        _ => null,
    };
}
