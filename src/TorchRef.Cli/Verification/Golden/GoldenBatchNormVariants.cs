using TorchRef.Experiments.Golden;
using TorchRef.Normalization;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>Ghost batches against PyTorch's module on one part after another; lazy modules before and after their first input.</summary>
internal static class GoldenBatchNormVariants
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("batchnorm_variants").Cases)
            if (golden.Config.Has("virtual_batch_size"))
                recorder.Run($"GhostBatchNorm {golden.Dtype}", "golden", golden.Name, record => FollowGhost(record, candidates, golden));
            else if (golden.Module.StartsWith("Lazy", StringComparison.Ordinal))
                foreach (var form in Enum.GetValues<BatchNormForm>())
                    recorder.Run($"{golden.Module} {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record => FollowLazy(record, candidates, golden, form));
    }

    private static void FollowGhost(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden)
    {
        var settings = GoldenBatchNorm.SettingsOf(golden);
        using var module = candidates.GhostBatchNorm(settings, golden.Config.GetInt64("virtual_batch_size"), GoldenStore.TypeOf(golden.Dtype));
        GoldenStore.LoadState(module, golden.Initial);
        GoldenBatchNorm.Follow(record, golden, settings, module);
    }

    private static void FollowLazy(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, BatchNormForm form)
    {
        var config = golden.Config;
        var settings = new BatchNormSettings(
            golden.Steps[0]["input"].Shape[1], config.GetDouble("eps"), config.GetDoubleOrNull("momentum"), config.GetBoolean("affine"), config.GetBoolean("track_running_stats"),
            golden.Module["LazyBatchNorm".Length] - '0');
        using var module = candidates.LazyBatchNorm(settings, form, GoldenStore.TypeOf(golden.Dtype));
        record.Compare("printed form", module.ToString()!, golden.Printed!);
        GoldenBatchNorm.Follow(record, golden, settings, module);
        record.Compare("printed form", module.ToString()!, config.GetString("printed_after"));
    }
}
