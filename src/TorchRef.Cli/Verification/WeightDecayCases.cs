using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchRef.Cli.Verification;

/// <summary>
/// The three forms of weight decay against each other: in the loss and in the gradient they are the same rule; decoupled is
/// a shrinking beside the step, which with plain SGD is the same again. And who decays: weights, not biases, γ or β.
/// </summary>
internal static class WeightDecayCases
{
    private const int Steps = 10;

    private static readonly GroupOptions[] s_coupled =
    [
        new SgdOptions(0.1), new SgdOptions(0.1, momentum: 0.9), new SgdOptions(0.1, momentum: 0.9, nesterov: true), new MomentumOptions(0.1), new NesterovOptions(0.1),
        new AdaGradOptions(0.1), new RMSpropOptions(0.1), new AdamOptions(0.1),
    ];

    private static readonly GroupOptions[] s_decoupled =
    [
        new SgdOptions(0.1, decoupled_weight_decay: true), new SgdOptions(0.1, momentum: 0.9, decoupled_weight_decay: true),
        new SgdOptions(0.1, momentum: 0.9, nesterov: true, decoupled_weight_decay: true), new AdamWOptions(0.1, weight_decay: 0), new AdamWOptions(0.1, weight_decay: 0, amsgrad: true),
    ];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var lambda in new[] { 0.01, 0.1 })
            {
                void Case(string form, string reference, GroupOptions options, Action<ComparisonRecorder.CaseRecorder> body) =>
                    recorder.Run($"weight decay {form} {dtype.ToString().ToLowerInvariant()}", reference, FormattableString.Invariant($"{OwnOptimizers.NameOf(options)}, {OptimizerCases.Describe(options)}, lambda {lambda}"), body);
                foreach (var options in s_coupled)
                    Case("in loss", "decay in step", options, record => Compare(record, dtype, seed,
                        Decaying(candidates, options, 0, dtype, seed), Decaying(candidates, options, lambda, dtype, seed), lambda));
                foreach (var options in s_decoupled)
                    Case("decoupled", "shrinking by hand", options, record => Compare(record, dtype, seed,
                        Decaying(candidates, options, lambda, dtype, seed), Decaying(candidates, options, 0, dtype, seed), byHand: 1 - options.lr * lambda));
                Case("decoupled", "decay in step", new SgdOptions(0.1), record => Compare(record, dtype, seed,
                    Decaying(candidates, new SgdOptions(0.1, decoupled_weight_decay: true), lambda, dtype, seed), Decaying(candidates, new SgdOptions(0.1), lambda, dtype, seed)));
            }
        recorder.Run("weight decay groups float64", "torch.optim", "Linear, BatchNorm1d, LayerNorm of a matrix", record => CompareGroups(record, candidates, seed));
    }

    private static (Parameter[] parameters, Optimizer optimizer) Decaying(Candidates candidates, GroupOptions options, double lambda, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        long[][] shapes = [[4, 3], [3], [2, 2, 2]];
        Parameter[] parameters = [.. shapes.Select(shape => new Parameter(Draw.Normal(shape, dtype, random)))];
        return (parameters, candidates.Optimizer([(parameters, options with { weight_decay = lambda })]));
    }

    /// <summary>The same targets are descended to, one side with a penalty in its loss, the other shrunk by hand, where that is asked for.</summary>
    private static void Compare(
        ComparisonRecorder.CaseRecorder record, ScalarType dtype, ulong seed, (Parameter[] parameters, Optimizer optimizer) actual, (Parameter[] parameters, Optimizer optimizer) expected,
        double penalty = 0, double byHand = 1)
    {
        using var random = new Generator(seed + 1);
        using var one = actual.optimizer;
        using var other = expected.optimizer;
        for (var step = 1; step <= Steps; step++)
        {
            var targets = actual.parameters.Select(parameter => Draw.Normal(parameter.shape, dtype, random)).ToArray(); // the parameters' shapes
            one.zero_grad();
            other.zero_grad();
            (Loss(actual.parameters, targets) + WeightDecay.L2Penalty(actual.parameters, penalty)).backward();
            Loss(expected.parameters, targets).backward();
            using (no_grad())
                foreach (var parameter in expected.parameters) parameter.mul_(byHand);
            one.step();
            other.step();
            foreach (var (mine, theirs) in actual.parameters.Zip(expected.parameters)) record.Compare("parameters after a step", mine, theirs, Tolerances.OfSameRule(dtype));
        }
    }

    private static Tensor Loss(Parameter[] parameters, Tensor[] targets) =>
        parameters.Zip(targets, (parameter, target) => (parameter - target).square().sum()).Aggregate((sum, term) => sum + term); // []

    /// <summary>A network whose weights decay, against torch.optim given, by hand, one list of what decays and one of what doesn't.</summary>
    private static void CompareGroups(ComparisonRecorder.CaseRecorder record, Candidates candidates, ulong seed)
    {
        const double lr = 0.1, lambda = 0.1;
        using var mine = Network(seed);
        using var theirs = Network(seed);
        using var candidate = candidates.Optimizer(candidates.DecayGroups(mine, new SgdOptions(lr, weight_decay: lambda)));
        var reference = theirs.named_parameters().Where(pair => pair.name is "hidden.weight" or "output.weight").Select(pair => pair.parameter).ToList();
        using var decaying = optim.SGD(reference, lr, weight_decay: lambda);
        using var constant = optim.SGD(theirs.parameters().Except(reference), lr);
        using var random = new Generator(seed);
        for (var step = 1; step <= Steps; step++)
        {
            var input = Draw.Normal([8, 4], ScalarType.Float64, random); // [8, 4]
            candidate.zero_grad();
            theirs.zero_grad();
            mine.call(input).square().mean().backward();
            theirs.call(input).square().mean().backward();
            candidate.step();
            decaying.step();
            constant.step();
        }
        foreach (var ((name, actual), (_, expected)) in mine.named_parameters().Zip(theirs.named_parameters()))
            record.Compare($"{name} after training", actual, expected, Tolerances.OfTraining);
    }

    private static Sequential Network(ulong seed)
    {
        manual_seed((long)seed);
        var network = Sequential(
            ("hidden", Linear(4, 6, dtype: float64)), ("norm", new Normalization.BatchNorm1d(6, dtype: float64)), ("fold", Unflatten(1, [2, 3])),
            ("matrixNorm", LayerNorm([2, 3], dtype: float64)), ("flat", Flatten()), ("relu", ReLU()), ("output", Linear(6, 2, dtype: float64)));
        // γ and β away from where they start, so that decay would show.
        using var random = new Generator(seed);
        using (no_grad())
            foreach (var parameter in network.parameters()) parameter.add_(Draw.Normal(parameter.shape, ScalarType.Float64, random));
        return network;
    }
}
