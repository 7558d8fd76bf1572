using Markdig;

namespace TorchRef.Notebooks.Pages;

/// <summary>The texts of notebooks as HTML.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().UseMathematics().Use<FormulaExtension>().Build();

    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, s_pipeline);
}
