using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>An input as the command line describes it: <c>4x8</c>, <c>4x8:scale=1e3:offset=5</c>, <c>scalar</c>.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Scale">What random numbers of standard deviation 1 are multiplied by; 0 for a point that is the offset everywhere.</param>
/// <param name="Offset">What is added then.</param>
internal sealed record InputSpec(IReadOnlyList<long> Shape, double Scale, double Offset)
{
    /// <summary>A full check has as many derivatives as outputs times inputs: more than this is a slip of the finger.</summary>
    private const long MostValues = 1 << 24;

    /// <exception cref="UsageException">The text describes no input.</exception>
    public static InputSpec Parse(string text)
    {
        var parts = text.Split(':');
        var (scale, offset) = (1.0, 0.0);
        foreach (var part in parts[1..])
        {
            var (name, value) = part.Split('=') is [var left, var right] ? (left, right) : (part, "");
            if (name is not ("scale" or "offset") || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                throw new UsageException($"--input takes :scale=NUMBER and :offset=NUMBER after the shape: expected such as 4x8:scale=1e3:offset=5 but got '{text}'");
            if (name == "scale") scale = number;
            else offset = number;
        }
        return new InputSpec(ParseShape(parts[0], text), scale, offset);
    }

    /// <summary>Draws it: on the CPU in float64, so that it is the same on every device.</summary>
    public Tensor Draw(Generator random, bool complex)
    {
        using var scope = NewDisposeScope();
        long[] shape = [.. Shape];
        var drawn = Verification.Draw.Normal(shape, ScalarType.Float64, random);
        if (complex) drawn = torch.complex(drawn, Verification.Draw.Normal(shape, ScalarType.Float64, random));
        return (drawn * Scale + Offset).MoveToOuterDisposeScope();
    }

    private static long[] ParseShape(string shape, string text)
    {
        if (shape == "scalar") return [];
        var sizes = new List<long>();
        foreach (var size in shape.Split('x', '×'))
        {
            if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                throw new UsageException($"--input must be a shape of sizes from 1: expected such as 4x8, 2x3x5x5 or scalar but got '{text}'");
            sizes.Add(number);
            // Bit by bit: a product of nonsense overflows.
            if (sizes.Aggregate(1.0, (product, one) => product * one) > MostValues)
                throw new UsageException($"--input must have at most {MostValues} values: expected such as 4x8 but got '{text}'");
        }
        return [.. sizes];
    }
}
