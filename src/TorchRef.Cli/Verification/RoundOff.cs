using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>A result in float32 against the same computation in float64, beside what torch.nn makes of it in float32.</summary>
internal static class RoundOff
{
    private const double Ulp = 1.1920929e-07;

    /// <summary>Round-off is random: a correct result may be worse than another correct one, but not by much.</summary>
    private const double Factor = 2;

    /// <summary>Requires an error of at most twice torch.nn's, and two units in the last place for where torch.nn happens to be exact.</summary>
    public static void Compare(ComparisonRecorder.CaseRecorder record, string what, Tensor? mine, Tensor? theirs, Tensor? exact)
    {
        var allowed = theirs is null || exact is null ? 0 : Difference.RelativeToLargest(theirs.to_type(float64), exact);
        record.Compare(what, mine?.to_type(float64), exact, Factor * allowed + Factor * Ulp);
    }
}
