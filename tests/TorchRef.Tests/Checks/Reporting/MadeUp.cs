using TorchRef.Checks;

namespace TorchRef.Tests.Checks.Reporting;

/// <summary>Reports made up for the tests of their forms.</summary>
internal static class MadeUp
{
    public static readonly GradCheckReport Factor = new()
    {
        Verdict = Verdict.Fail,
        Subject = "MyNorm(3), input (2, 3)",
        Seed = 7,
        Elapsed = TimeSpan.FromSeconds(0.312),
        Diagnosis = new Diagnosis(Cause.ConstantFactor, "the gradient of weight is 2 times too large (factor 2.000 in all 6 entries that aren't 0)", "weight", 2),
        Entries =
        [
            new(0, [1, 2], "weight", [2], 2.4691357802469, 1.23456789012345, 3.1e-12, 1.3e-9, Verdict.Fail),
            new(0, [0, 0], "weight", [0], -0.0246913578, -0.0123456789, 2e-10, 2.1e-10, Verdict.Fail),
        ],
        OutputShapes = [[2, 3]],
        Evaluations = 1234,
        Backwards = 12,
        Compared = 72,
        Inputs =
        [
            new("input", [2, 3], Verdict.Pass, 36, 0, 0, 0, 0, 0.031, 1.5),
            new("weight", [3], Verdict.Fail, 18, 6, 0, 0, 0, 9.5e8, 1.2345),
            new("bias", [3], Verdict.Pass, 18, 0, 0, 0, 0, 0, 1),
        ],
        Findings = [new Finding(Cause.LowPrecisionInput, "the inputs were float32 and have been converted to float64", Verdict.Pass)],
        BlindSpots = [],
        Variations = ["at weight and bias drawn at random, since 1 and 0 hide a missing factor"],
        Planted = [new("output 0[0, 1] by input[0, 1]", 1e-6, 1e-6, true), new("output 0[1, 1] by bias[1]", 2e-7, 2e-7, true)],
        Power = 2.34e-9,
        Structure = ["output [n, c] depends on input [·, c]"],
        Options = new GradCheckOptions { Seed = 7 },
        ErrorMaps = [Map("input", new double[6, 6]), Map("weight", FactorMap())],
    };

    public static readonly GradCheckReport Kink = new()
    {
        Verdict = Verdict.Kink,
        Subject = "relu, input (4)",
        Seed = 1,
        Elapsed = TimeSpan.FromSeconds(2.04),
        Diagnosis = Diagnosis.None,
        Entries =
        [
            new(0, [2], "x", [2], 0, 0.5, 0.5, 0.5, Verdict.Kink) { LeftSlope = 0, RightSlope = 1, KinkDistance = 0 },
            new(0, [3], "x", [3], 1, 0.75, 0.25, 0.25, Verdict.Kink) { LeftSlope = 0, RightSlope = 1.0000000001, KinkDistance = 3.2e-6 },
        ],
        Evaluations = 60,
        Backwards = 4,
        Compared = 16,
        Inputs = [new("x", [4], Verdict.Kink, 16, 0, 0, 2, 0, 1, 1)],
        Findings = [],
        BlindSpots = [],
        Variations = [],
        Planted = [],
        Power = double.NaN,
        Structure = [],
        Options = new GradCheckOptions(),
    };

    public static readonly GradCheckReport Blind = new()
    {
        Verdict = Verdict.Inconclusive,
        Subject = "Step, input (3)",
        Seed = 1,
        Elapsed = TimeSpan.FromMilliseconds(12),
        Diagnosis = Diagnosis.None,
        Entries = [new(0, [1], "input", [1], 0, 1e-3, 0.02, 0.02, Verdict.Inconclusive)],
        Evaluations = 30,
        Backwards = 6,
        Compared = 9,
        Inputs = [new("input", [3], Verdict.Inconclusive, 9, 0, 0, 0, 1, 0.05, 0)],
        Findings = [new Finding(Cause.None, "every derivative is zero here", Verdict.Inconclusive)],
        BlindSpots = ["a factor in the gradient: zero times anything is zero", "whether the incoming gradient is used at all"],
        Variations = [],
        Planted = [new("output 0[0] by input[0]", 1e-6, double.PositiveInfinity, false)],
        Power = double.PositiveInfinity,
        Structure = [],
        Options = new GradCheckOptions(),
    };

    public static readonly GradCheckReport Right = new()
    {
        Verdict = Verdict.Pass,
        Subject = "BatchNorm1d(8), input (4, 8)",
        Seed = 3,
        Elapsed = TimeSpan.FromSeconds(0.05),
        Diagnosis = Diagnosis.None,
        Entries =
        [
            new(0, [0, 1], "input", [0, 1], 0.1234567890122, 0.1234567890123, 2e-13, 1.2e-10, Verdict.Pass),
            new(0, [0, 2], "input", [0, 2], 1, 1, 2e-13, 1e-9, Verdict.Pass),
            new(0, [0, 3], "input", [0, 3], 1, 1, 2e-13, 1e-9, Verdict.Pass),
            new(0, [0, 4], "input", [0, 4], 1, 1, 2e-13, 1e-9, Verdict.Pass),
        ],
        OutputShapes = [[4, 8]],
        Evaluations = 96,
        Backwards = 32,
        Compared = 1024,
        Inputs = [new("input", [4, 8], Verdict.Pass, 1024, 0, 0, 0, 0, 0.00083, 0.9)],
        Findings = [],
        BlindSpots = [],
        Variations = [],
        Planted = [new("output 0[0, 1] by input[0, 1]", 1e-6, 1e-6, true)],
        Power = 1e-9,
        Structure = [],
        Options = new GradCheckOptions { Seed = 3 },
    };

    /// <summary>A name with everything in it that has a meaning in XML, HTML, JSON or on a terminal.</summary>
    public const string HostileName = "<script>alert(1)</script>&\"'`\\ \u001b[31mred\u001b[0m \u202Eesrever 😀👩‍👩‍👧 한국어\r\nsecond\tline \0 ]]> --> {{x}} [red]";

    /// <summary>Half a character, which no encoding can write.</summary>
    public const string BrokenName = "half \uD83D of it";

    /// <summary>By number, since an attribute can't hold half a character.</summary>
    public static readonly string[] HardNames = [HostileName, BrokenName, ""];

    /// <summary>Every place that takes a name has a hostile one.</summary>
    public static GradCheckReport Hostile(string name) => new()
    {
        Verdict = Verdict.Fail,
        Subject = name,
        Seed = -1,
        Diagnosis = new Diagnosis(Cause.Unknown, name, name, double.NaN),
        Entries =
        [
            new(0, [long.MaxValue], name, [0], double.NaN, double.PositiveInfinity, double.NaN, 0, Verdict.Fail) { OutputPart = "real", Order = 2 },
            new(1, [], name, [], 1e300, -1e-300, 1e-310, double.Epsilon, Verdict.Kink) { LeftSlope = double.NegativeInfinity, RightSlope = double.NaN, KinkDistance = double.NaN },
        ],
        Evaluations = long.MaxValue,
        Backwards = 0,
        Compared = 0,
        Inputs = [new(name, [], Verdict.Fail, 1, 1, 1, 1, 1, double.PositiveInfinity, double.NaN)],
        Findings = [new Finding(Cause.InputChanged, name, Verdict.Fail)],
        BlindSpots = [name],
        Variations = [name],
        Planted = [new(name, double.NaN, double.NegativeInfinity, false)],
        Power = double.NaN,
        Structure = [name],
        Options = new GradCheckOptions { Subject = name, InputNames = [name], AbsoluteTolerance = 1e-3, Mode = GradCheckMode.Fast, Order = 2 },
        ErrorMaps = [Map(name, new double[,] { { double.PositiveInfinity, double.NaN }, { 0, 2 } })],
    };

    /// <summary>Of one output with three columns, by a vector.</summary>
    private static ErrorMap Map(string input, double[,] ratios) => new(input, 1, null, ratios, row => (0, [row / 3, row % 3], null), column => ([column], null));

    /// <summary>Output [n, c] by weight [c]: wrong on the diagonal of each block, worst in the last entry.</summary>
    private static double[,] FactorMap()
    {
        var map = new double[6, 3];
        for (var row = 0; row < 6; row++)
            for (var column = 0; column < 3; column++) map[row, column] = row % 3 != column ? 0 : 1e6 * (row + 1);
        map[5, 2] = 9.5e8;
        return map;
    }
}
