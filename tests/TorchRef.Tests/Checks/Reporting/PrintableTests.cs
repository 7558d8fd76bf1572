using TorchRef.Checks.Reporting;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Other people's names, made fit to be shown.</summary>
public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\tand a tab", "two lines and a tab")]
    [InlineData("\u001b[2J", "\\u001B[2J")]
    [InlineData("\u202Egnorw", "\\u202Egnorw")]
    [InlineData("not a character \uFFFE", "not a character \\uFFFE")]
    [InlineData("👩‍👩‍👧 한국어 é", "👩‍👩‍👧 한국어 é")]
    public void What_would_move_the_cursor_or_break_a_file_is_shown_as_its_code(string text, string expected) => Assert.Equal(expected, Printable.OneLine(text));

    [Fact]
    public void Half_a_character_is_shown_as_its_code() => Assert.Equal("half \\uD83D of it", Printable.OneLine(MadeUp.BrokenName));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("한국", 4)]
    [InlineData("😀", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("", 0)]
    public void Width_is_counted_in_columns_of_a_terminal(string text, int expected) => Assert.Equal(expected, Printable.Width(text));

    [Theory]
    [InlineData("abcdefghij", 10, "abcdefghij")]
    [InlineData("abcdefghij", 5, "ab…ij")]
    [InlineData("한국어한국어", 6, "한…어")]
    [InlineData("😀😀😀😀", 3, "😀…")]
    public void What_is_too_long_loses_its_middle(string text, int columns, string expected) => Assert.Equal(expected, Printable.Shorten(text, columns));

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("a abcdefghij b", 5, "a abc|defgh|ij b")]
    [InlineData("", 5, "")]
    [InlineData("😀😀😀", 4, "😀😀|😀")]
    public void Lines_break_at_spaces_and_only_words_longer_than_a_line_within(string text, int columns, string expected) => Assert.Equal(expected.Split('|'), Printable.Wrap(text, columns));
}
