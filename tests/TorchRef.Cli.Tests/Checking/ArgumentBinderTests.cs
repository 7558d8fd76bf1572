using TorchRef.Cli.Checking;

namespace TorchRef.Cli.Tests.Checking;

/// <summary>Which constructor a command line's arguments fit.</summary>
public sealed class ArgumentBinderTests
{
    [Theory]
    [InlineData("long 8", "8")]
    [InlineData("double 0.5 1", "0.5")]
    [InlineData("double 8 2", "8", "scale=2")]
    [InlineData("double 3 7", "scale=7", "x=3")]
    [InlineData("text eight", "eight")]
    [InlineData("text a=b", "a=b")]
    [InlineData("two 1 Friday", "1", "Friday")]
    [InlineData("nothing")]
    public void The_best_fit_is_taken(string expected, params string[] arguments)
    {
        var (constructor, values) = ArgumentBinder.Choose(typeof(Many).GetConstructors(), arguments, 0, "Many", "--args");

        Assert.Equal(expected, ((Many)((System.Reflection.ConstructorInfo)constructor).Invoke(values)).What);
    }

    [Fact]
    public void Where_none_fits_all_are_listed_as_they_are_declared()
    {
        var refusal = Assert.Throws<UsageException>(() => ArgumentBinder.Choose(typeof(Many).GetConstructors(), ["1", "2", "3"], 0, "My.Many", "--args"));

        Assert.Equal(
            "--args must fit a way to make My.Many: expected Many() or Many(long x) or Many(double x, double scale = 1) or Many(string text) or Many(int one, DayOfWeek day) but got (1, 2, 3)",
            refusal.Message);
    }

    [Fact]
    public void An_argument_given_twice_fits_nothing() =>
        Assert.Throws<UsageException>(() => ArgumentBinder.Choose(typeof(Many).GetConstructors(), ["0.5", "x=3"], 0, "Many", "--args"));

    internal sealed class Many
    {
        public Many() => What = "nothing";

        public Many(long x) => What = $"long {x}";

        public Many(double x, double scale = 1) => What = FormattableString.Invariant($"double {x} {scale}");

        public Many(string text) => What = $"text {text}";

        public Many(int one, DayOfWeek day) => What = $"two {one} {day}";

        public string What { get; }
    }
}
