using TorchRef.Notebooks.Comparing;

namespace TorchRef.Notebooks.Tests.Comparing;

public sealed class SameTextTests
{
    [Theory]
    [InlineData("loss 0.12345", "loss 0.12349")]
    [InlineData("worst 2.2e-16", "worst 4.4e-16")]
    [InlineData("worst 0", "worst 3.1e-7")]
    [InlineData("1,234 steps", "1,234 steps")]
    [InlineData("from −1.000 to 2", "from −1.001 to 2")]
    [InlineData("97.3 %", "97.4 %")]
    [InlineData("", "")]
    public void Rounding_is_no_difference(string saved, string fresh) => Assert.Null(SameText.FirstDifference(saved, fresh));

    [Theory]
    [InlineData("loss 0.123", "loss 0.126")]
    [InlineData("worst 2.2e-16", "worst 2.2e-3")]
    [InlineData("7 cells", "8 cells")]
    [InlineData("PASS: 78", "FAIL: 78")]
    [InlineData("a 1", "a 1 2")]
    [InlineData("a 1 2", "a 1")]
    [InlineData("a 1", "a 1 b")]
    [InlineData("+1", "-1")]
    [InlineData("97.3 %", "97.5 %")]
    [InlineData("nan", "0.1")]
    public void Everything_else_is(string saved, string fresh)
    {
        Assert.NotNull(SameText.FirstDifference(saved, fresh));
        Assert.NotNull(SameText.FirstDifference(fresh, saved));
    }

    [Fact]
    public void Pictures_may_differ_by_two_pixels()
    {
        Assert.Null(SameText.FirstDifference("<svg><path d=\"M10 20\"/></svg>", "<svg><path d=\"M11.5 18.2\"/></svg>"));
        Assert.NotNull(SameText.FirstDifference("<svg><path d=\"M10 20\"/></svg>", "<svg><path d=\"M13 20\"/></svg>"));
    }

    [Fact]
    public void The_place_is_shown_as_it_is_in_both()
    {
        var (saved, fresh) = SameText.FirstDifference("the loss is 0.5\nafter 3 epochs", "the loss is 0.7\nafter 3 epochs")!.Value;

        Assert.Equal("'the loss is 0.5⏎after 3 epochs'", saved);
        Assert.Equal("'the loss is 0.7⏎after 3 epochs'", fresh);
    }

    [Theory]
    [InlineData("<b class=\"x\">train 0.97</b>", "<i>train 0.95 12</i>")]
    [InlineData("<style>.a{fill:red}</style>one", "one")]
    public void Words_alone_are_compared_where_numbers_vary(string saved, string fresh) => Assert.Null(SameText.FirstOtherWord(saved, fresh));

    [Fact]
    public void Another_word_is_seen_where_numbers_vary()
    {
        Assert.Equal(("'over fits'", "'does not over fit'"), SameText.FirstOtherWord("it 0.9 over-fits", "it 0.8 does not over-fit"));
        Assert.Equal(("'holds'", "nothing more"), SameText.FirstOtherWord("it holds", "it"));
    }
}
