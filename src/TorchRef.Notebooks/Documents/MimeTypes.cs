namespace TorchRef.Notebooks.Documents;

/// <summary>The forms that outputs come in.</summary>
public static class MimeTypes
{
    /// <summary>Plain text.</summary>
    public const string Text = "text/plain";

    /// <summary>A piece of HTML.</summary>
    public const string Html = "text/html";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A picture as SVG.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>A picture as PNG, in base64.</summary>
    public const string Png = "image/png";
}
