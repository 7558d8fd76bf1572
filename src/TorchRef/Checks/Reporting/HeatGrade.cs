namespace TorchRef.Checks.Reporting;

/// <summary>The steps of colour of a heat map: powers of a hundred by which an error exceeds what is allowed for it.</summary>
/// <remarks>
/// What is allowed is about 1e-9 of a derivative, so that an error as large as the derivative itself is near 1e9: the
/// steps reach from round-off to there.
/// </remarks>
internal static class HeatGrade
{
    private static readonly double[] s_limits = [0.1, 1, 1e2, 1e4, 1e6, 1e8, 1e10];

    /// <summary>Nothing was compared.</summary>
    public const int None = -1;

    /// <summary>The first step that is wrong.</summary>
    public const int FirstWrong = 2;

    public static int Count => s_limits.Length + 1;

    /// <summary>The step of an error in units of what is allowed.</summary>
    public static int Of(double ratio)
    {
        if (double.IsNaN(ratio)) return None;
        var grade = 0;
        while (grade < s_limits.Length && ratio > s_limits[grade]) grade++;
        return grade;
    }

    /// <summary>What a step stands for.</summary>
    public static string Text(int grade) => grade switch
    {
        None => "not compared",
        0 => "right, up to 0.1",
        1 => "right, up to 1",
        2 => "wrong, up to 100",
        _ when grade < s_limits.Length => $"to {Power(s_limits[grade])}",
        _ => $"above {Power(s_limits[^1])}",
    };

    /// <summary>The step as a character; two steps share one.</summary>
    public static char Character(int grade) => grade switch
    {
        None => ' ',
        < FirstWrong => '·',
        2 or 3 => '░',
        4 or 5 => '▒',
        6 => '▓',
        _ => '█',
    };

    /// <summary>A limit as a power of ten: 10⁴.</summary>
    private static string Power(double value) => $"10{string.Concat(ReportNumber.Count((long)Math.Round(Math.Log10(value))).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']))}";
}
