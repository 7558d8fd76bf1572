using System.Xml.Linq;
using TorchRef.Notebooks.Pages.Formulas;

namespace TorchRef.Notebooks.Tests.Pages;

public sealed class FormulaWriterTests
{
    [Theory]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData(@"\frac{1}{m}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>m</mn></mrow></mfrac>", "<mn>m</mn>", "<mi>m</mi>")]
    [InlineData(@"\hat{x}", "<mover accent=\"true\"><mrow><mi>x</mi></mrow><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData(@"\mathcal{L}", "<mi>ℒ</mi>")]
    [InlineData(@"\mathbf{W}", "<mi>𝐖</mi>")]
    [InlineData("a - 1.5", "<mi>a</mi><mo>−</mo><mn>1.5</mn>")]
    [InlineData("f'(x)", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>")]
    [InlineData(@"\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData(@"\left( x \right.", "<mrow><mo stretchy=\"true\" fence=\"true\">(</mo><mrow><mi>x</mi></mrow></mrow>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    public void Latex_becomes_mathml(string latex, string mathml, string? replace = null, string? with = null) =>
        Assert.Equal($"<math><mrow>{(replace is null ? mathml : mathml.Replace(replace, with, StringComparison.Ordinal))}</mrow></math>", FormulaWriter.Write(latex, display: false));

    [Fact]
    public void Limits_stand_below_and_above_in_a_formula_of_its_own()
    {
        Assert.Contains("<munderover><mo movablelimits=\"false\">∑</mo>", FormulaWriter.Write(@"\sum_{i=1}^m x_i", display: true), StringComparison.Ordinal);
        Assert.Contains("<msubsup><mo movablelimits=\"false\">∑</mo>", FormulaWriter.Write(@"\sum_{i=1}^m x_i", display: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\sigma_B^2 \leftarrow \frac{1}{m} \sum_{i=1}^{m} (x_i - \mu_B)^2")]
    [InlineData(@"\begin{cases} \frac{x_i}{1-p} & \text{with probability } 1-p \\ 0 & \text{else} \end{cases}")]
    [InlineData(@"\begin{aligned} a &= b \\ &= c \end{aligned}")]
    [InlineData(@"\frac{\partial \mathcal{L}}{\partial x_i} = \underbrace{\frac{\gamma}{\sqrt{\sigma^2+\varepsilon}}}_{\text{scale}}\left[ g_i - \bar g \right]")]
    [InlineData(@"\lVert \mathbf{w} \rVert_2^2 \le \mathbb{R}^{n \times m},\quad \operatorname{Var}[x] \approx \max_j |a_j|")]
    public void Whole_formulas_are_well_formed(string latex)
    {
        Assert.Equal("math", XDocument.Parse(FormulaWriter.Write(latex, display: true)).Root!.Name.LocalName);
    }

    [Theory]
    [InlineData(@"\frac{1}", "a formula must go on: expected a symbol but got its end")]
    [InlineData("{x", "a formula must go on as it began: expected } but got its end")]
    [InlineData("x}", "a formula must end where its parts do: expected its end but got }")]
    [InlineData(@"\unheard{x}", @"a formula may use the LaTeX that is understood here: expected a known command but got \unheard")]
    [InlineData(@"\begin{tikzpicture}", "a formula may use the environments that are understood here: expected cases, aligned, matrix, pmatrix or bmatrix but got tikzpicture")]
    [InlineData(@"\begin{cases} a \end{matrix}", "an environment must end as it began: expected cases but got matrix")]
    [InlineData(@"\text{x", "a text in a formula must end: expected } but got its end")]
    public void What_is_not_understood_is_said(string latex, string message) =>
        Assert.Equal(message, Assert.Throws<FormulaException>(() => FormulaWriter.Write(latex, display: false)).Message);
}
