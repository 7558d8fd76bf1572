using TorchRef.Cli.Checking;

namespace TorchRef.Cli.Tests.Checking;

/// <summary>What an aborted process said.</summary>
public sealed class LastWordsTests
{
    [Fact]
    public void They_begin_where_the_end_is_announced_and_leave_out_this_program()
    {
        string[] lines = ["warming up", "Unhandled exception. System.InvalidOperationException: no", "   at My.Function.backward()", "   at TorchRef.Checks.Gradients.X()", "   at TorchRef.Cli.Y()", ""];

        Assert.Equal(["Unhandled exception. System.InvalidOperationException: no", "   at My.Function.backward()"], LastWords.Of(lines));
    }

    [Fact]
    public void Without_an_announcement_they_are_the_last_lines() =>
        Assert.Equal([.. Enumerable.Range(88, 12).Select(i => $"line {i}")], LastWords.Of([.. Enumerable.Range(0, 100).Select(i => $"line {i}")]));

    [Fact]
    public void Silence_has_none() => Assert.Empty(LastWords.Of([]));
}
