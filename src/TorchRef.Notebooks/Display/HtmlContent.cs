namespace TorchRef.Notebooks.Display;

/// <summary>A piece of HTML that is shown as it is.</summary>
/// <param name="Text">The HTML.</param>
public sealed record HtmlContent(string Text)
{
    /// <summary>The HTML.</summary>
    public override string ToString() => Text;
}
