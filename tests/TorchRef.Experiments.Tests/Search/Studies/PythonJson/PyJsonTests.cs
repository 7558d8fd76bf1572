using System.Numerics;
using System.Text;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Tests.Search.Studies.PythonJson;

/// <summary>What Python's json module takes, what it refuses, and what it writes.</summary>
public sealed class PyJsonTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData(" [ true , false ]\r", "[true, false]")]
    [InlineData("[1, 1.0, -0, -0.0, 1E5, 1e-07]", "[1, 1.0, 0, -0.0, 100000.0, 1e-07]")]
    [InlineData("[NaN, Infinity, -Infinity]", "[NaN, Infinity, -Infinity]")]
    [InlineData("1180591620717411303424", "1180591620717411303424")]
    [InlineData("1e999", "Infinity")]
    [InlineData("\"깊은 \\/ \\u00e9 \\ud83d\\ude00 \u007f\"", "\"\\uae4a\\uc740 / \\u00e9 \\ud83d\\ude00 \\u007f\"")]
    [InlineData("\"\\ud800 alone\"", "\"\\ud800 alone\"")]
    [InlineData("\"\\\"\\\\\\n\\r\\t\\b\\f\"", "\"\\\"\\\\\\n\\r\\t\\b\\f\"")]
    [InlineData("{\"b\": 1, \"a\": {}, \"b\": []}", "{\"b\": [], \"a\": {}}")]
    [InlineData("\uFEFF{}", "{}")]
    public void What_Python_reads_is_read_and_written_as_Python_writes_it(string text, string written) => Assert.Equal(written, PyJsonReader.Read(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{'a': 1}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\": 1")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{} {}")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("nan")]
    [InlineData("True")]
    [InlineData("// comment\n1")]
    [InlineData("\"open")]
    [InlineData("\"tab\there\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\u00a01")]
    public void What_Python_refuses_is_refused(string text) => Assert.Throws<PyJsonException>(() => PyJsonReader.Read(text));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused() =>
        Assert.Contains("UTF-8", Assert.Throws<PyJsonException>(() => PyJsonReader.Read([(byte)'"', 0xC3, 0x28, (byte)'"'])).Message);

    [Fact]
    public void The_message_names_what_was_expected_and_where() =>
        Assert.Equal("expected ':' in column 6 but got '1'", Assert.Throws<PyJsonException>(() => PyJsonReader.Read("{\"a\" 1}")).Message);

    [Fact]
    public void Brackets_without_end_are_refused_and_dont_end_the_program()
    {
        string deep = new('[', 1_000_000);

        Assert.Throws<PyJsonException>(() => PyJsonReader.Read(deep));
        Assert.Equal($"{deep[..400]}{new string(']', 400)}", PyJsonReader.Read(deep[..400] + new string(']', 400)).ToString());
    }

    [Fact]
    public void Values_compare_as_in_Python_but_for_NaN()
    {
        Assert.Equal<PyJson>(1L, 1.0);
        Assert.Equal<PyJson>(true, 1L);
        Assert.Equal(PyJson.Of(BigInteger.Pow(2, 60)), PyJson.Of(1L << 60));
        Assert.Equal<PyJson>(double.NaN, double.NaN);
        Assert.Equal<PyJson>(0.0, -0.0);
        Assert.NotEqual<PyJson>("1", 1L);
        Assert.NotEqual(PyJson.None, PyJson.Of(false));
        Assert.Equal(PyJsonReader.Read("{\"a\": [1, {}], \"b\": 2}"), PyJsonReader.Read("{\"b\": 2.0, \"a\": [1.0, {}]}"));
        Assert.NotEqual(PyJsonReader.Read("[1, 2]"), PyJsonReader.Read("[2, 1]"));
    }

    /// <summary>Values at random, nested: what is written reads back as the same, spaced or not, and is pure ASCII.</summary>
    [Fact]
    public void Whatever_is_written_reads_back()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            PyJson value = Any(random, 4);
            foreach (bool spaced in new[] { false, true })
            {
                string text = PyJsonWriter.Write(value, spaced);
                Assert.All(text, letter => Assert.InRange(letter, ' ', '~'));
                Assert.Equal(value, PyJsonReader.Read(text));
                Assert.Equal(text, PyJsonWriter.Write(PyJsonReader.Read(Encoding.UTF8.GetBytes(text)), spaced));
            }
        }
    }

    private static PyJson Any(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => PyJson.None,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => PyJson.Of(BigInteger.Pow(random.Next(-9, 9), random.Next(60))),
        5 => Text(random),
        6 => PyJson.ListOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => PyJson.DictOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => KeyValuePair.Create(Text(random), Any(random, depth - 1)))]),
    };

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000))]);
}
