using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Every hand-written optimiser against torch.optim, step by step, and its float32 against its float64.</summary>
internal static class OptimizerCases
{
    private const int Steps = 10;

    private static readonly GroupOptions[] s_settings =
    [
        new SgdOptions(0.1), new SgdOptions(0.1, weight_decay: 0.01), new SgdOptions(0.1, momentum: 0.9), new SgdOptions(0.1, momentum: 0.9, dampening: 0.5),
        new SgdOptions(0.1, momentum: 0.9, nesterov: true), new SgdOptions(0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        new SgdOptions(0.1, maximize: true), new SgdOptions(0.1, momentum: 0.9, maximize: true),
        new MomentumOptions(0.1), new MomentumOptions(0.1, 0.5, weight_decay: 0.1), new MomentumOptions(0.1, maximize: true),
        new NesterovOptions(0.1), new NesterovOptions(0.1, 0.5, weight_decay: 0.1), new NesterovOptions(0.1, maximize: true),
        new AdaGradOptions(0.1), new AdaGradOptions(), new AdaGradOptions(0.1, lr_decay: 0.1), new AdaGradOptions(0.1, initial_accumulator_value: 0.5, eps: 1e-3),
        new AdaGradOptions(0.1, weight_decay: 0.1), new AdaGradOptions(0.1, convention: OptimizerConvention.Book),
        new RMSpropOptions(0.1), new RMSpropOptions(), new RMSpropOptions(0.1, alpha: 0.9, eps: 1e-3), new RMSpropOptions(0.05, momentum: 0.9),
        new RMSpropOptions(0.05, centered: true), new RMSpropOptions(0.01, alpha: 0.9, weight_decay: 0.1, momentum: 0.9, centered: true),
        new RMSpropOptions(0.1, weight_decay: 0.1), new RMSpropOptions(0.1, weight_decay: 0.1, maximize: true), new RMSpropOptions(0.1, convention: OptimizerConvention.Book),
        new AdamOptions(0.1), new AdamOptions(), new AdamOptions(0.1, 0.5, 0.9, eps: 1e-3), new AdamOptions(0.1, weight_decay: 0.1), new AdamOptions(0.1, amsgrad: true),
        new AdamOptions(0.1, weight_decay: 0.1, maximize: true), new AdamOptions(0.1, 0.8, 0.99, weight_decay: 0.1, amsgrad: true, maximize: true),
        new AdamWOptions(0.1), new AdamWOptions(), new AdamWOptions(0.1, 0.5, 0.9, eps: 1e-3), new AdamWOptions(0.1, weight_decay: 0.1), new AdamWOptions(0.1, amsgrad: true),
        new AdamWOptions(0.1, weight_decay: 0.1, maximize: true), new AdamWOptions(0.1, weight_decay: 0),
    ];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var settings in s_settings)
        {
            var (name, variant) = (OwnOptimizers.NameOf(settings), Describe(settings));
            foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
                recorder.Run($"{name} {dtype.ToString().ToLowerInvariant()}", "torch.optim", variant, record => CompareSteps(record, candidates, settings, dtype, seed));
            recorder.Run($"{name} float32", "float64", variant, record => CompareRoundOff(record, candidates, settings, seed));
        }
    }

    /// <summary>The settings that differ from the optimiser's plain ones, by name.</summary>
    public static string Describe(GroupOptions options) => string.Join(", ",
        options.ToDictionary().Where(pair => pair.Value is not (0.0 or false)).Select(pair => pair.Value is true ? pair.Key : FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    private static void CompareSteps(ComparisonRecorder.CaseRecorder record, Candidates candidates, GroupOptions settings, ScalarType dtype, ulong seed)
    {
        var gradients = Gradients(seed);
        var (mine, theirs) = (Start(dtype, seed), Start(dtype, seed));
        using var candidate = candidates.Optimizer([(mine, settings)]);
        using var reference = OptimizerReference.Make(theirs, settings);
        foreach (var gradient in gradients)
        {
            Give(mine, gradient);
            Give(theirs, gradient);
            candidate.step();
            reference.step();
            for (var i = 0; i < mine.Length; i++) record.Compare($"parameter {i} after a step", mine[i], theirs[i], Tolerances.OfSteps(dtype));
        }
        for (var i = 0; i < mine.Length; i++) record.Compare("gradients, untouched", mine[i].grad, gradients[^1][i]!.to_type(dtype), Tolerances.Exact);
    }

    /// <summary>Float32 may be off the same steps in float64 by twice as much as torch.optim's is, and two units more.</summary>
    private static void CompareRoundOff(ComparisonRecorder.CaseRecorder record, Candidates candidates, GroupOptions settings, ulong seed)
    {
        var gradients = Gradients(seed);
        var (mine, theirs, exact, theirExact) = (Start(ScalarType.Float32, seed), Start(ScalarType.Float32, seed), Start(ScalarType.Float64, seed, ScalarType.Float32), Start(ScalarType.Float64, seed, ScalarType.Float32));
        using var candidate = candidates.Optimizer([(mine, settings)]);
        using var reference = OptimizerReference.Make(theirs, settings);
        using var candidateExact = candidates.Optimizer([(exact, settings)]);
        using var referenceExact = OptimizerReference.Make(theirExact, settings);
        foreach (var gradient in gradients)
        {
            var rounded = gradient.Select(one => one?.to_type(ScalarType.Float32)).ToArray();
            foreach (var parameters in new[] { mine, theirs, exact, theirExact }) Give(parameters, rounded);
            candidate.step();
            reference.step();
            candidateExact.step();
            referenceExact.step();
        }
        for (var i = 0; i < mine.Length; i++)
            record.Compare("parameters after ten steps", mine[i].to_type(ScalarType.Float64), exact[i], Tolerances.OfRoundOff(theirs[i], theirExact[i]));
    }

    /// <summary>The gradients of each step. The last parameter's first comes late: until then neither decay nor momentum may move it.</summary>
    private static List<Tensor?[]> Gradients(ulong seed)
    {
        using var random = new Generator(seed + 1);
        return [.. Enumerable.Range(1, Steps).Select(step => s_shapes.Select((shape, i) => i == s_shapes.Length - 1 && step < 4 ? null : Draw.Normal(shape, ScalarType.Float64, random)).ToArray())];
    }

    private static void Give(Parameter[] parameters, Tensor?[] gradients)
    {
        foreach (var (parameter, gradient) in parameters.Zip(gradients)) parameter.grad = gradient?.to_type(parameter.dtype).clone(); // the parameter's shape
    }

    private static readonly long[][] s_shapes = [[4, 3], [3], [2, 2, 2]];

    private static Parameter[] Start(ScalarType dtype, ulong seed, ScalarType? rounded = null)
    {
        using var random = new Generator(seed);
        return [.. s_shapes.Select(shape => new Parameter(Draw.Normal(shape, ScalarType.Float64, random).to_type(rounded ?? dtype).to_type(dtype)))];
    }
}
