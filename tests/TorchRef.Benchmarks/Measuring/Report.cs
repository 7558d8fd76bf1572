using System.Globalization;

namespace TorchRef.Benchmarks.Measuring;

/// <summary>Tables of timings, with ratios to one of them.</summary>
internal static class Report
{
    public static void Print(string title, IReadOnlyList<Timing> timings, Timing reference)
    {
        var width = timings.Max(timing => timing.Name.Length);
        Console.WriteLine($"{title}, {reference.Rounds} rounds");
        Console.WriteLine($"  {"".PadRight(width)} {"best",10} {"median",10}   ÷ {reference.Name}: best, median");
        foreach (var timing in timings)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {timing.Name.PadRight(width)} {Duration(timing.Best),10} {Duration(timing.Median),10}   {timing.Best / reference.Best,8:F2} {timing.Median / reference.Median,8:F2}"));
        Console.WriteLine();
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 10e-6 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:F0} ns"),
        < 10e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F0} ms"),
    };
}
