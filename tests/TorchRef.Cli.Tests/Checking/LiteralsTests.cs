using TorchRef.Cli.Checking;
using TorchSharp;

namespace TorchRef.Cli.Tests.Checking;

/// <summary>Arguments of constructors, as a command line has them.</summary>
public sealed class LiteralsTests
{
    public static TheoryData<string, Type, object?> Values => new()
    {
        { "8", typeof(int), 8 },
        { "-8", typeof(long), -8L },
        { "255", typeof(byte), (byte)255 },
        { "1e-5", typeof(double), 1e-5 },
        { "8", typeof(double), 8.0 },
        { "inf", typeof(double), double.PositiveInfinity },
        { "0.5", typeof(float), 0.5f },
        { "TRUE", typeof(bool), true },
        { "null", typeof(double?), null },
        { "0.5", typeof(double?), 0.5 },
        { "null", typeof(string), null },
        { "'8'", typeof(string), "8" },
        { "a=b", typeof(string), "a=b" },
        { "float64", typeof(torch.ScalarType), torch.ScalarType.Float64 },
        { "DayOfWeek.friday", typeof(DayOfWeek), DayOfWeek.Friday },
        { "3x5", typeof(long[]), new long[] { 3, 5 } },
        { "3x5", typeof((long, long)), (3L, 5L) },
        { "3x5", typeof((long, long)?), (3L, 5L) },
        { "7", typeof(object), 7L },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_text_becomes_a_value_of_the_parameter(string text, Type type, object? expected) => Assert.Equal(expected, Literals.Read(text, type)!.Value.value);

    [Theory]
    [InlineData("8.0", typeof(int))]
    [InlineData("300", typeof(byte))]
    [InlineData("-1", typeof(ulong))]
    [InlineData("yes", typeof(bool))]
    [InlineData("null", typeof(int))]
    [InlineData("3", typeof(DayOfWeek))]
    [InlineData("Someday", typeof(DayOfWeek))]
    [InlineData("3x5x7", typeof((long, long)))]
    [InlineData("1,5", typeof(double))]
    [InlineData("x", typeof(torch.Tensor))]
    public void What_is_no_such_value_is_refused(string text, Type type) => Assert.Null(Literals.Read(text, type));
}
