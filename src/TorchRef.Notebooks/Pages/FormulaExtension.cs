using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using TorchRef.Notebooks.Pages.Formulas;

namespace TorchRef.Notebooks.Pages;

/// <summary>Lets Markdown's formulas come out as MathML.</summary>
internal sealed class FormulaExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new InlineRenderer());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new BlockRenderer());
    }

    /// <summary>A formula as MathML, or, where it isn't understood, as it was written.</summary>
    private static void Write(HtmlRenderer renderer, string formula, bool display)
    {
        try
        {
            renderer.Write(FormulaWriter.Write(formula, display));
        }
        catch (FormulaException)
        {
            renderer.Write("<code class=\"formula\">").WriteEscape(formula).Write("</code>");
        }
    }

    private sealed class InlineRenderer : HtmlObjectRenderer<MathInline>
    {
        // Two dollars make a formula of its own, also within a paragraph.
        protected override void Write(HtmlRenderer renderer, MathInline formula) => FormulaExtension.Write(renderer, formula.Content.ToString(), formula.DelimiterCount > 1);
    }

    private sealed class BlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock formula) => FormulaExtension.Write(renderer, formula.Lines.ToString(), display: true);
    }
}
