using System.Globalization;
using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written SGD against torch.optim over several steps, and weight decay in the loss against weight decay in the step.</summary>
internal static class SgdCases
{
    private const int Steps = 10;

    private static readonly SgdOptions[] s_settings =
    [
        new(0.1), new(0.1, weight_decay: 0.01), new(0.1, momentum: 0.9), new(0.1, momentum: 0.9, dampening: 0.5),
        new(0.1, momentum: 0.9, nesterov: true), new(0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true), new(0.1, maximize: true),
        new(0.1, momentum: 0.9, maximize: true),
    ];

    public static void Run(ComparisonRecorder recorder, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            foreach (var settings in s_settings)
                recorder.Run($"SGD {dtype.ToString().ToLowerInvariant()}", "torch.optim", Describe(settings), record => CompareSteps(record, settings, dtype, seed));
            foreach (var lambda in new[] { 0.01, 0.1 })
                recorder.Run($"weight decay in loss {dtype.ToString().ToLowerInvariant()}", "decay in step", string.Create(CultureInfo.InvariantCulture, $"lambda {lambda}"), record => CompareDecay(record, lambda, dtype, seed));
        }
    }

    private static string Describe(SgdOptions s) => string.Create(CultureInfo.InvariantCulture,
        $"lr {s.lr}, momentum {s.momentum}, dampening {s.dampening}, weight decay {s.weight_decay}{(s.nesterov ? ", nesterov" : "")}{(s.maximize ? ", maximize" : "")}");

    private static void CompareSteps(ComparisonRecorder.CaseRecorder record, SgdOptions settings, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        var (mine, theirs) = Twins(dtype, random);
        using var candidate = new SGD([(mine, settings)]);
        using var reference = optim.SGD(theirs, settings.lr, settings.momentum, settings.dampening, settings.weight_decay, settings.nesterov, settings.maximize);
        for (var step = 1; step <= Steps; step++)
        {
            for (var i = 0; i < mine.Length; i++)
            {
                // The last parameter gets its first gradient late: until then neither decay nor momentum may move it.
                if (i == mine.Length - 1 && step < 4) continue;
                var gradient = Draw.Normal(mine[i].shape, dtype, random); // the parameter's shape
                mine[i].grad = gradient.clone();
                theirs[i].grad = gradient.clone();
            }
            candidate.step();
            reference.step();
            for (var i = 0; i < mine.Length; i++) record.Compare($"parameter {i} after a step", mine[i], theirs[i], Tolerances.OfSteps(dtype));
        }
    }

    private static void CompareDecay(ComparisonRecorder.CaseRecorder record, double lambda, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        var (mine, theirs) = Twins(dtype, random);
        using var plain = new SGD(mine, lr: 0.1);
        using var decaying = new SGD(theirs, lr: 0.1, weight_decay: lambda);
        for (var step = 1; step <= Steps; step++)
        {
            plain.zero_grad();
            decaying.zero_grad();
            var (loss, other) = (WeightDecay.L2Penalty(mine, lambda), zeros([], dtype)); // [], []
            for (var i = 0; i < mine.Length; i++)
            {
                var target = Draw.Normal(mine[i].shape, dtype, random); // the parameter's shape
                loss = loss + (mine[i] - target).square().sum();    // []
                other = other + (theirs[i] - target).square().sum(); // []
            }
            loss.backward();
            other.backward();
            plain.step();
            decaying.step();
            for (var i = 0; i < mine.Length; i++) record.Compare($"parameter {i} after a step", mine[i], theirs[i], 8 * Tolerances.OfSteps(dtype));
        }
    }

    private static (Parameter[] mine, Parameter[] theirs) Twins(ScalarType dtype, Generator random)
    {
        long[][] shapes = [[4, 3], [3], [2, 2, 2]];
        var values = shapes.Select(shape => Draw.Normal(shape, dtype, random)).ToArray();
        return ([.. values.Select(value => new Parameter(value.clone()))], [.. values.Select(value => new Parameter(value.clone()))]);
    }
}
