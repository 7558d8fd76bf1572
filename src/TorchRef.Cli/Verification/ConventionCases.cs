using System.Globalization;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Experiments.Golden;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Conventions of batch normalisation: PyTorch's against torch.nn, the study notes' against their own numbers and golden ones,
/// and statistics that were converted from one to another against torch.nn.
/// </summary>
internal static class ConventionCases
{
    private const int Steps = 3;
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        RunWorkedExample(recorder, candidates);
        foreach (var dtype in s_types)
            for (var dimensions = 1; dimensions <= 3; dimensions++)
                foreach (var shape in BatchNormCases.ShapesOf(dimensions))
                {
                    foreach (var momentum in new double?[] { 0.1, null }) RunAsPyTorch(recorder, candidates, momentum, dtype, dimensions, shape, seed);
                    RunConverted(recorder, dtype, dimensions, shape, seed);
                }
    }

    private static string Text(ScalarType dtype) => dtype.ToString().ToLowerInvariant();

    private static void RunAsPyTorch(ComparisonRecorder recorder, Candidates candidates, double? momentum, ScalarType dtype, int dimensions, long[] shape, ulong seed)
    {
        var settings = new BatchNormSettings(shape[1], 1e-5, momentum, true, true, dimensions);
        recorder.Run($"ConventionalBatchNorm PyTorch {Text(dtype)} train", "torch.nn", $"({string.Join(", ", shape)}), {settings}", record =>
        {
            using var random = new Generator(seed);
            using var candidate = candidates.ConventionalBatchNorm(settings.Features, BatchNormConvention.PyTorch with { Momentum = momentum }, dtype);
            using var reference = BatchNormReference.Make(settings, dtype);
            BatchNormTwins.Compare(record, candidate, reference, new(generator => Draw.Normal(shape, float64, generator), InputLayout.Contiguous, dtype), random);
        });
    }

    /// <summary>A module of another convention sees the batches that torch.nn's sees; converted, it must hold what torch.nn's holds.</summary>
    private static void RunConverted(ComparisonRecorder recorder, ScalarType dtype, int dimensions, long[] shape, ulong seed)
    {
        foreach (var convention in new[] { BatchNormConvention.StudyNotes, BatchNormConvention.StudyNotesFormula, BatchNormConvention.Paper2015 })
            recorder.Run($"BatchNormConversion {Text(dtype)}", "torch.nn", $"({string.Join(", ", shape)}), from {convention.Name}", record =>
            {
                using var random = new Generator(seed);
                using var module = new ConventionalBatchNorm(shape[1], convention, dtype: dtype);
                using var reference = BatchNormReference.Make(new BatchNormSettings(shape[1], convention.Eps, convention.Momentum, true, true, dimensions), dtype);
                for (var step = 1; step <= Steps; step++)
                {
                    var values = Draw.Normal(shape, dtype, random); // (N, C, …)
                    module.call(values);
                    reference.call(values);
                }
                using var converted = module.To(BatchNormConvention.PyTorch with { Eps = convention.Eps, Momentum = convention.Momentum }, valuesPerChannel: shape.Aggregate(1L, (product, size) => product * size) / shape[1]);
                var state = reference.state_dict();
                foreach (var (name, tensor) in converted.state_dict()) record.Compare(name, tensor, state.GetValueOrDefault(name), Tolerances.OfStatistics(tensor.dtype));
                converted.eval();
                reference.eval();
                var test = Draw.Normal(shape, dtype, random);   // (N, C, …)
                record.Compare("output in eval", converted.call(test), reference.call(test), Tolerances.Of(dtype));
                if (!convention.CorrectsInEvaluation) return;
                // The average of the biased variances times n/(n − 1) is the average of the unbiased ones.
                module.eval();
                record.Compare("output in eval before conversion", module.call(test), reference.call(test), Tolerances.Of(dtype));
            });
    }

    private static void RunWorkedExample(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var (convention, printed) in new[]
        {
            (BatchNormConvention.PyTorch, "1.64750869"),
            (BatchNormConvention.StudyNotesFormula with { Eps = 1e-5 }, "1.64750608"),
            (BatchNormConvention.StudyNotes, "1.64750892"),
        })
            recorder.Run("convention float64 worked example", "the study notes", $"arange(1, 21), {convention.EpsilonPlace}, ε = {convention.Eps.ToString(CultureInfo.InvariantCulture)}", record =>
            {
                using var module = candidates.ConventionalBatchNorm(1, convention, float64);
                var last = module.call(arange(1, 21, dtype: float64).view(20, 1)).detach()[19, 0].item<double>();
                record.Compare("last value, as printed", last.ToString("0.00000000", CultureInfo.InvariantCulture), printed);
            });
        RunGoldenExample(recorder, candidates, "arange_1_21_formula", BatchNormConvention.StudyNotes with { Eps = 0 }, "normalized", "book_running_mean", "book_running_var");
        RunGoldenExample(recorder, candidates, "arange_1_21_batchnorm1d", BatchNormConvention.PyTorch with { Eps = 0 }, "output", "running_mean", "running_var");
    }

    private static void RunGoldenExample(ComparisonRecorder recorder, Candidates candidates, string name, BatchNormConvention convention, string output, string runningMean, string runningVar) =>
        recorder.Run("convention float64 worked example", "golden", $"{name}, {convention.Name}", record =>
        {
            GoldenStep step = GoldenStore.Read("worked_example").Cases.Single(golden => golden.Name == name).Steps[0];
            using var module = candidates.ConventionalBatchNorm(1, convention, float64);
            var input = GoldenStore.ToTensor(step["input"]).view(20, 1); // [20, 1]
            record.Compare("output", module.call(input), GoldenStore.ToTensor(step[output]).view(20, 1), Tolerances.Of(float64));
            record.Compare("running mean", module.get_buffer("running_mean"), GoldenStore.ToTensor(step[runningMean]).view(1), Tolerances.OfStatistics(float64));
            record.Compare("running variance", module.get_buffer("running_var"), GoldenStore.ToTensor(step[runningVar]).view(1), Tolerances.OfStatistics(float64));
        });
}
