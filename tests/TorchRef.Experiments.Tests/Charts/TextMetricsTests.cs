using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Tests.Charts;

public sealed class TextMetricsTests
{
    [Fact]
    public void Widths_are_those_of_the_wider_one_of_two_common_fonts()
    {
        Assert.Equal(10 * (0.634 + 0.616 + 0.278 + 0.278 + 0.612), TextMetrics.Width("hello", 10), 1e-9);
        Assert.True(TextMetrics.Width("WWW", 10) > TextMetrics.Width("iii", 10) * 3);
        Assert.True(TextMetrics.Width("정확도", 10) >= 30);
    }

    [Fact]
    public void Wrapped_lines_fit_and_lose_nothing()
    {
        const string text = "The quick brown fox jumps over the lazy dog and averyveryveryverylongwordthatnolinecanhold once more";
        IReadOnlyList<string> lines = TextWrap.Lines(text, 12, 90);
        Assert.All(lines, line => Assert.True(TextMetrics.Width(line, 12) <= 90));
        Assert.Equal(text.Replace(" ", ""), string.Concat(lines).Replace(" ", ""));
        Assert.True(lines.Count > 5);
    }

    [Fact]
    public void Line_breaks_stay_and_blank_texts_have_no_lines()
    {
        Assert.Equal(["a", "b"], TextWrap.Lines("a\nb", 12, 500));
        Assert.Empty(TextWrap.Lines(" ", 12, 500));
        Assert.Empty(TextWrap.Lines(null, 12, 500));
    }

    [Fact]
    public void A_pair_of_surrogates_is_never_torn() =>
        Assert.All(TextWrap.Lines(string.Concat(Enumerable.Repeat("😀", 20)), 12, 30), line => Assert.False(char.IsLowSurrogate(line[0])));
}
