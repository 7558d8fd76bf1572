using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Initialisation from the seed that PyTorch's began with: the same numbers, and the same random stream afterwards.</summary>
internal static class GoldenInitializers
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        // Only the CPU has the random stream of the files.
        foreach (var golden in GoldenStore.Read("initializers").Cases)
            recorder.Run($"Initializers {golden.Dtype}", "golden", golden.Name, record =>
            {
                var (step, dtype) = (golden.Steps[0], GoldenStore.TypeOf(golden.Dtype));
                var shape = Array.ConvertAll(golden.Config.GetDoubles("shape"), size => (long)size);
                var values = empty(shape, dtype, CPU);          // shape
                manual_seed(golden.Config.GetInt64("seed"));
                candidates.Initializer(golden.Module)(values);
                var next = rand([2], float64, CPU);             // [2]
                record.Compare("random numbers afterwards", next, GoldenStore.ToTensor(step["random_afterwards"]).cpu(), Tolerances.Exact);
                record.Compare("values", values, GoldenStore.ToTensor(step["output"]).cpu(), ToleranceOf(golden.Module, dtype));
            });
    }

    /// <summary>
    /// A constant is a constant. What is drawn goes through a multiplication and an addition, for normal numbers through
    /// logarithm and cosine too, and processors differ in whether they fuse and approximate those.
    /// </summary>
    private static double ToleranceOf(string name, ScalarType dtype) => name is "constant_" or "zeros_" ? Tolerances.Exact : Tolerances.OfSteps(dtype);
}
