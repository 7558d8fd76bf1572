using TorchRef.Normalization;
using static TorchSharp.torch;
using BatchNorm = TorchSharp.Modules.BatchNorm;

namespace TorchRef.Cli.Verification;

/// <summary>Lazy, frozen and ghost batch normalisation against torch.nn's plain one.</summary>
internal static class BatchNormVariantCases
{
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in s_types)
            for (var dimensions = 1; dimensions <= 3; dimensions++)
                foreach (var shape in BatchNormCases.ShapesOf(dimensions))
                    foreach (var affine in new[] { true, false })
                    {
                        var settings = new BatchNormSettings(shape[1], 1e-5, 0.1, affine, true, dimensions);
                        RunLazy(recorder, candidates, settings, dtype, shape, seed);
                        RunLazy(recorder, candidates, settings with { Tracking = false }, dtype, shape, seed);
                        RunFrozen(recorder, candidates, settings, dtype, shape, seed);
                        // Two values may lie so close that float32 has hardly a digit of their difference; a large ε keeps it small.
                        var ghost = settings with { Eps = dtype == ScalarType.Float32 ? 0.1 : 1e-5 };
                        RunGhost(recorder, candidates, ghost, dtype, shape, seed);
                        RunGhost(recorder, candidates, ghost with { Momentum = null }, dtype, shape, seed);
                        RunGhost(recorder, candidates, ghost with { Tracking = false }, dtype, shape, seed);
                    }
    }

    private static string Text(long[] shape) => $"({string.Join(", ", shape)})";

    private static string Text(ScalarType dtype) => dtype.ToString().ToLowerInvariant();

    private static void RunLazy(ComparisonRecorder recorder, Candidates candidates, BatchNormSettings settings, ScalarType dtype, long[] shape, ulong seed)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
            recorder.Run($"Lazy{settings.Module} {form.ToString().ToLowerInvariant()} {Text(dtype)} train", "torch.nn", $"{Text(shape)}, {settings}", record =>
            {
                using var random = new Generator(seed);
                using var candidate = candidates.LazyBatchNorm(settings, form, dtype);
                using var plain = candidates.BatchNorm(settings, form, dtype);
                using var reference = BatchNormReference.Make(settings, dtype);
                record.Compare("state dict keys", string.Join(", ", candidate.state_dict().Keys), string.Join(", ", reference.state_dict().Keys));
                // Python's module doesn't count its channels where it has no state to size.
                var counted = settings.Affine || settings.Tracking;
                var printed = plain.ToString()!.Replace($"({settings.Features},", "(0,");
                record.Compare("printed form", candidate.ToString()!, $"Lazy{printed}");
                var inputs = new BatchNormTwins.Inputs(generator => Draw.Normal(shape, float64, generator), InputLayout.Contiguous, dtype);
                BatchNormTwins.CompareStep(record, candidate, reference, inputs, random);
                record.Compare("printed form", candidate.ToString()!, counted ? plain.ToString()! : printed);
                BatchNormTwins.Compare(record, candidate, reference, inputs, random);
            });
    }

    private static void RunFrozen(ComparisonRecorder recorder, Candidates candidates, BatchNormSettings settings, ScalarType dtype, long[] shape, ulong seed) =>
        recorder.Run($"FrozenBatchNorm {Text(dtype)}", "torch.nn", $"{Text(shape)}, {settings}", record =>
        {
            using var random = new Generator(seed);
            using var reference = BatchNormReference.Make(settings, dtype);
            BatchNormReference.RandomiseState(reference, reference, random);
            using var candidate = candidates.FrozenBatchNorm(reference);
            record.Compare("state dict keys", string.Join(", ", candidate.state_dict().Keys), "weight, bias, running_mean, running_var");
            reference.eval();
            var values = Draw.Normal(shape, dtype, random);     // (N, C, …)
            var cotangent = Draw.Normal(shape, dtype, random);  // (N, C, …)
            var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_()); // (N, C, …)
            var (output, expected) = (candidate.call(mine), reference.call(theirs)); // (N, C, …)
            output.backward([cotangent]);
            expected.backward([cotangent]);
            record.Compare("output", output, expected, Tolerances.Of(dtype));
            record.Compare("gradient of input", mine.grad, theirs.grad, Tolerances.Of(dtype));
        });

    /// <summary>Virtual batches in one pass against torch.nn on one after the other; also such that cover the whole batch.</summary>
    private static void RunGhost(ComparisonRecorder recorder, Candidates candidates, BatchNormSettings settings, ScalarType dtype, long[] shape, ulong seed)
    {
        foreach (var size in new long[] { 2, 3, shape[0], 2 * shape[0] }.Distinct())
        {
            if (size >= shape[0] && size % shape[0] != 0) continue;
            recorder.Run($"GhostBatchNorm {Text(dtype)} train", "torch.nn", $"{Text(shape)}, {settings}, virtual batches of {size}", record =>
            {
                using var random = new Generator(seed);
                using var candidate = candidates.GhostBatchNorm(settings, size, dtype);
                using var reference = BatchNormReference.Make(settings, dtype);
                using var batches = new OneByOne(reference, size);
                BatchNormTwins.Compare(record, candidate, batches, new(generator => Draw.Normal(shape, float64, generator), InputLayout.Contiguous, dtype), random);
            });
        }
    }

    /// <summary>torch.nn's module on virtual batches, one after the other.</summary>
    private sealed class OneByOne : nn.Module<Tensor, Tensor>
    {
        private readonly BatchNorm _norm;
        private readonly long _size;

        public OneByOne(BatchNorm norm, long size)
            : base(nameof(OneByOne))
        {
            (_norm, _size) = (norm, size);
            foreach (var (name, parameter) in norm.named_parameters()) register_parameter(name, parameter);
            foreach (var (name, buffer) in norm.named_buffers()) register_buffer(name, buffer);
        }

        public override Tensor forward(Tensor input)
        {
            _norm.train(training);
            if (!training && _norm.track_running_stats) return _norm.call(input); // (N, C, …)
            return cat(VirtualBatches.Of(input, _size).Select(_norm.call).ToList(), 0); // (N, C, …)
        }
    }
}
