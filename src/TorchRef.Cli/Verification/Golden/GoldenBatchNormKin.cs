using TorchRef.Experiments.Golden;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>
/// The golden cases of BatchNorm once more, through the modules that must do the same: lazy ones, ghost batches that are the
/// whole batch, PyTorch's convention, and, at the steps of evaluation, frozen ones.
/// </summary>
internal static class GoldenBatchNormKin
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenBatchNorm.Files.SelectMany(file => GoldenStore.Read(file).Cases).Where(golden => golden.Module != GoldenBatchNorm.Functional))
        {
            var settings = GoldenBatchNorm.SettingsOf(golden);
            foreach (var form in Enum.GetValues<BatchNormForm>())
                recorder.Run($"Lazy{settings.Module} {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record => FollowLazy(record, candidates, golden, settings, form));
            // Ghost batches know no rank but "at least two", so what the plain module says of ranks isn't theirs to say.
            if (golden.Error?.Contains("D input", StringComparison.Ordinal) != true)
                recorder.Run($"GhostBatchNorm {golden.Dtype}", "golden", $"{golden.Name}, one part", record => FollowGhost(record, candidates, golden, settings));
            if (golden.Error is not null || !settings.Tracking) continue;
            if (settings.Affine)
                recorder.Run($"ConventionalBatchNorm PyTorch {golden.Dtype}", "golden", golden.Name, record => FollowConventional(record, candidates, golden, settings));
            if (golden.Steps.Any(step => !step.Training))
                recorder.Run($"FrozenBatchNorm {golden.Dtype}", "golden", golden.Name, record => FollowFrozen(record, candidates, golden, settings));
        }
    }

    /// <summary>Where a case begins as a new module does, its first input says how many channels there are; else the state does.</summary>
    private static void FollowLazy(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, BatchNormSettings settings, BatchNormForm form)
    {
        using var module = candidates.LazyBatchNorm(settings, form, TypeOf(golden));
        if (golden.Error is not null || !IsNew(golden.Initial))
            module.load_state_dict(golden.Initial.ToDictionary(pair => pair.Key, pair => GoldenStore.ToTensor(pair.Value)));
        GoldenBatchNorm.Follow(record, golden, settings, module);
        // Without state there is nothing to count the channels for; the files of lazy modules have how it prints then.
        if (golden.Printed is not null && (settings.Affine || settings.Tracking)) record.Compare("printed form", module.ToString()!, golden.Printed);
    }

    private static bool IsNew(GoldenTensors state) =>
        state.All(pair => Array.TrueForAll(pair.Value.Data, value => value == (pair.Key is "weight" or "running_var" ? 1 : 0)));

    private static void FollowGhost(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, BatchNormSettings settings)
    {
        var largest = Math.Max(1, golden.Steps.Max(step => step["input"].Shape[0]));
        using var module = candidates.GhostBatchNorm(settings, largest, TypeOf(golden));
        GoldenStore.LoadState(module, golden.Initial);
        GoldenBatchNorm.Follow(record, golden, settings, module);
    }

    private static void FollowConventional(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, BatchNormSettings settings)
    {
        using var module = candidates.ConventionalBatchNorm(settings.Features, BatchNormConvention.PyTorch with { Eps = settings.Eps, Momentum = settings.Momentum }, TypeOf(golden));
        GoldenStore.LoadState(module, golden.Initial);
        GoldenBatchNorm.Follow(record, golden, settings, module);
    }

    /// <summary>Evaluation moves no statistics: those after such a step are those that it used.</summary>
    private static void FollowFrozen(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, BatchNormSettings settings)
    {
        foreach (var step in golden.Steps.Where(step => !step.Training))
        {
            using var norm = BatchNormReference.Make(settings, TypeOf(golden));
            GoldenStore.LoadState(norm, golden.Initial);
            GoldenStore.LoadState(norm, step.Tensors);
            using var module = candidates.FrozenBatchNorm(norm);
            // The parameters are constants here: their gradients are the plain module's.
            GoldenBatchNorm.CompareResults(record, golden, settings, step, module);
        }
    }

    private static ScalarType TypeOf(GoldenCase golden) => GoldenStore.TypeOf(golden.ParameterDtype);
}
