using System.Globalization;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The example that the study notes work out: the numbers 1 to 20, normalised, to all digits that they print.</summary>
internal static class WorkedExample
{
    private const string Printed =
        "-1.64750894 -1.47408695 -1.30066495 -1.12724296 -0.95382097 -0.78039897 -0.60697698 -0.43355498 -0.26013299 -0.086711 "
        + "0.086711 0.26013299 0.43355498 0.60697698 0.78039897 0.95382097 1.12724296 1.30066495 1.47408695 1.64750894";

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
            recorder.Run($"worked example {form.ToString().ToLowerInvariant()}", "the study notes", "arange(1, 21), no ε", record =>
            {
                var numbers = arange(1, 21, dtype: float64).view(20, 1); // [20, 1]
                using var exact = candidates.BatchNorm1d(new BatchNormSettings(1, 0, 0.1, true, true), form, float64);
                var normalized = exact.call(numbers).detach();  // [20, 1]
                record.Compare("normalised, as printed", string.Join(' ', normalized.data<double>().Select(Rounded)), Printed);
                record.Compare("mean, as printed", Rounded(normalized.mean().item<double>()), "0.0");
                record.Compare("variance, as printed", Rounded(normalized.square().mean().item<double>()), "1.0");
                record.Compare("running mean", exact.get_buffer("running_mean"), tensor([1.05]), Tolerances.OfStatistics(float64));
                record.Compare("running variance", exact.get_buffer("running_var"), tensor([4.4]), Tolerances.OfStatistics(float64));
            });
    }

    /// <summary>As numpy prints it: eight digits after the point, trailing zeros off.</summary>
    private static string Rounded(double value)
    {
        var text = (Math.Round(value, 8) + 0.0).ToString("0.0#######", CultureInfo.InvariantCulture);
        return text == "-0.0" ? "0.0" : text;
    }
}
