using TorchRef.Checks;
using TorchRef.Cli.Faults.Planted;
using TorchRef.Cli.Verification;
using TorchRef.Dropout;
using TorchRef.Normalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchRef.Cli.Faults;

/// <summary>Modules that don't do what they should: batch normalisation and its statistics, dropout, other layers.</summary>
internal static class ModuleFaults
{
    private const string Norms = "batch norm state", Drops = "dropout modes", Layers = "layers";

    public static IEnumerable<Fault> All => [.. BatchNorms(), .. Dropouts(), .. Others()];

    private static IEnumerable<Fault> BatchNorms()
    {
        yield return Of("ε missing", BatchNormFault.EpsilonDropped, Cause.Epsilon);
        yield return Of("ε outside of the root", BatchNormFault.EpsilonOutsideTheRoot, Cause.Epsilon);
        yield return Of("normalised by the unbiased variance", BatchNormFault.UnbiasedVariance, Cause.BiasedVariance, Cause.ForwardDiffers);
        yield return Of("γ forgotten", BatchNormFault.GammaForgotten, Cause.ForwardDiffers, Cause.ChannelFactor, Cause.MissingGradient);
        yield return Of("β forgotten", BatchNormFault.BetaForgotten, Cause.ForwardDiffers, Cause.MissingGradient);
        yield return Of("running variance biased", BatchNormFault.BiasedRunningVariance, Cause.BiasedVariance);
        yield return Of("momentum the wrong way round", BatchNormFault.MomentumFlipped, Cause.MomentumConvention);
        yield return Of("statistics updated twice", BatchNormFault.UpdatedTwice, Cause.StatisticsUpdates);
        yield return Of("batches not counted", BatchNormFault.NotCounted, Cause.Counter);
        yield return Of("eval uses the batch", BatchNormFault.EvaluationUsesTheBatch, Cause.EvalMode);
        yield return Of("eval updates the statistics", BatchNormFault.EvaluationUpdates, Cause.StatisticsUpdates, Cause.EvalMode);
        yield return Of("mean term missing in backward", BatchNormFault.MeanTermMissing, Cause.MeanTerm);
        yield return Of("variance term missing in backward", BatchNormFault.VarianceTermMissing, Cause.VarianceTerm);
        yield return Of("statistics detached", BatchNormFault.StatisticsDetached, Cause.DetachedStatistics);
        yield return Of("n − 1 in backward", BatchNormFault.UnbiasedBackward, Cause.VarianceTerm, Cause.BiasedVariance, Cause.MeanTerm);
        yield return Of("γ missing in backward", BatchNormFault.GammaMissingInBackward, Cause.ChannelFactor);
        yield return Of("γ's gradient from the output", BatchNormFault.WeightGradientFromOutput, Cause.OutputInsteadOfNormalized);
        yield return Of("β's gradient averaged", BatchNormFault.BiasGradientAveraged, Cause.ConstantFactor);
        yield return Of("γ's and β's gradients swapped", BatchNormFault.GradientsSwapped, Cause.Swapped);
        yield return Of("incoming gradient ignored", BatchNormFault.CotangentIgnored, Cause.CotangentIgnored);
        yield return Of("parameters called gamma and beta", BatchNormFault.OtherNames, Cause.StateDictKeys);
        yield return Of("intermediates saved", BatchNormFault.IntermediatesSaved, Cause.SavedConstants) with { Order = 2 };
        yield return Of("another momentum", () => new BatchNorm1d(3, momentum: 0.2, dtype: float64), () => new BatchNorm1d(3, dtype: float64), Cause.MomentumConvention, Cause.StatisticsUpdates);
        yield return Of("another ε", () => new BatchNorm1d(3, 1e-3, dtype: float64), () => new BatchNorm1d(3, dtype: float64), Cause.Epsilon);
        yield return Of("statistics not kept", () => new BatchNorm1d(3, track_running_stats: false, dtype: float64), () => new BatchNorm1d(3, dtype: float64), Cause.StateDictKeys, Cause.EvalMode);
        yield return Of("γ and β left out", () => new BatchNorm1d(3, affine: false, dtype: float64), () => new BatchNorm1d(3, dtype: float64), Cause.StateDictKeys);
        yield return Of("the study notes' conventions for torch.nn's", () => new ConventionalBatchNorm(3, BatchNormConvention.StudyNotes, dtype: float64), () => nn.BatchNorm1d(3, dtype: float64), Cause.Epsilon, Cause.BiasedVariance, Cause.StateDictKeys);
        yield return Of("groups of channels for batches", () => new GroupNorm(1, 3, dtype: float64), () => new BatchNorm1d(3, track_running_stats: false, dtype: float64), Cause.WrongReduction, Cause.ForwardDiffers);
    }

    private static IEnumerable<Fault> Dropouts()
    {
        yield return Of("not scaled", 0.3, DropoutFault.NotScaled, Cause.DropoutScale);
        yield return Of("scaled by 1/p", 0.3, DropoutFault.ScaledByInverseProbability, Cause.DropoutScale);
        yield return Of("keeps with the probability to drop", 0.3, DropoutFault.ProbabilityOfKeeping, Cause.DropoutScale);
        yield return Of("active in eval mode", 0.3, DropoutFault.ActiveInEvaluation, Cause.EvalMode);
        yield return Of("another mask in backward", 0.3, DropoutFault.OtherMaskInBackward, Cause.MaskNotReused, Cause.RandomNumbers);
        yield return Of("not scaled in backward", 0.3, DropoutFault.NotScaledInBackward, Cause.ConstantFactor, Cause.DropoutScale);
        yield return Of("p = 1 does nothing", 1, DropoutFault.IgnoresProbability1, Cause.ForwardDiffers, Cause.DropoutScale);
        yield return Of("p = 0 drops everything", 0, DropoutFault.ActiveForProbability0, Cause.ForwardDiffers, Cause.DropoutScale, Cause.RandomNumbers);
        yield return Drop("elements in place of channels", () => new Dropout.Dropout(0.3), () => new Dropout2d(0.3), Cause.RandomNumbers);
        yield return Drop("one mask for the whole batch", () => new Dropping(x => x * empty_like(x[..1]).bernoulli_(0.7) / 0.7), () => nn.Dropout(0.3), Cause.RandomNumbers, Cause.DropoutScale);
        yield return Drop("the same mask in every step", () => new Dropping(OneMask), () => new Dropout.Dropout(0.3), Cause.RandomNumbers);
        yield return Drop("random numbers of System.Random", OfSystemRandom, () => new Dropout.Dropout(0.3), Cause.RandomNumbers, Cause.NotReplayable);
        yield return Drop("input changed in place", () => new Dropout.Dropout(0.3, inplace: true), () => new Dropout.Dropout(0.3), Cause.InputChanged);
        yield return Drop("another p", () => new Dropout.Dropout(0.4), () => new Dropout.Dropout(0.3), Cause.DropoutScale, Cause.RandomNumbers);
        yield return Drop("scaled at evaluation in place of training", () => new ClassicDropout(0.3), () => new Dropout.Dropout(0.3), Cause.DropoutScale, Cause.EvalMode);
    }

    private static IEnumerable<Fault> Others()
    {
        yield return Layer("GELU by its approximation", () => new RuleModule("GELU", x => 0.5 * x[0] * (1 + ((x[0] + 0.044715 * x[0].pow(3)) * Math.Sqrt(2 / Math.PI)).tanh())), () => nn.GELU(), Cause.ForwardDiffers);
        yield return Layer("softmax over the batch", () => nn.Softmax(0), () => nn.Softmax(1), Cause.ForwardDiffers);
        yield return Layer("another slope of leaky ReLU", () => nn.LeakyReLU(0.2), () => nn.LeakyReLU(0.01), Cause.ForwardDiffers);
        yield return Layer("ReLU not bounded by 6", () => nn.ReLU(), () => nn.ReLU6(), () => [Sample.Apart(201, 4, 3) * 5], Cause.ForwardDiffers, Cause.SingleEntry);
        yield return Layer("layer norm with ε outside of the root", () => Scaled(x => (x - x.mean([1], keepdim: true)) / (x.var([1], unbiased: false, keepdim: true).sqrt() + 1e-5)), () => nn.LayerNorm(3, dtype: float64), Cause.Epsilon);
        yield return Layer("layer norm with the unbiased variance", () => Scaled(x => (x - x.mean([1], keepdim: true)) / (x.var([1], unbiased: true, keepdim: true) + 1e-5).sqrt()), () => nn.LayerNorm(3, dtype: float64), Cause.BiasedVariance, Cause.ForwardDiffers);
        yield return Layer("affine layer transposed, in = out", () => new RuleModule("Linear", x => x[0].matmul(x[1]) + x[2], ("weight", zeros(3, 3, float64)), ("bias", zeros(3, float64))), () => nn.Linear(3, 3, dtype: float64), Cause.ForwardDiffers, Cause.Transposed);
        yield return Layer("affine layer without bias", () => nn.Linear(3, 3, hasBias: false, dtype: float64), () => nn.Linear(3, 3, dtype: float64), Cause.StateDictKeys);
        yield return Layer("bias added twice", () => new RuleModule("Linear", x => F.linear(x[0], x[1], x[2] * 2), ("weight", zeros(3, 3, float64)), ("bias", zeros(3, float64))), () => nn.Linear(3, 3, dtype: float64), Cause.ForwardDiffers);
        yield return Layer("bias's gradient averaged", () => new RuleModule("Linear", Averaging.Apply, ("weight", zeros(3, 3, float64)), ("bias", zeros(3, float64))), () => nn.Linear(3, 3, dtype: float64), Cause.ConstantFactor);
        yield return Layer("float32 inside", () => new RuleModule("Tanh", x => x[0].to_type(float32).tanh().to_type(x[0].dtype)), () => nn.Tanh(), Cause.Precision);
        yield return Layer("sigmoid's gradient without 1 − y", () => new RuleModule("Sigmoid", Rule.Of(x => x.sigmoid(), (g, x) => g * x.sigmoid()).Apply), () => nn.Sigmoid(), Cause.Unknown);
        yield return Layer("input normalised in place", () => new RuleModule("Tanh", InPlace), () => nn.Tanh(), Cause.InputChanged);
        yield return Layer("children not put into eval mode", () => new Deaf(), () => nn.Sequential(nn.Dropout(0.5)), Cause.EvalMode);
    }

    private static Rule Averaging { get; } = new(x => F.linear(x[0], x[1], x[2]), (g, saved) => [g.matmul(saved[1]), g.t().matmul(saved[0]), g.mean([0])]);

    private static Tensor InPlace(Tensor[] x)
    {
        using (no_grad()) x[0].detach().mul_(0.5);
        return (x[0] * 2).tanh();
    }

    private static Tensor OneMask(Tensor x) => x * (Sample.Uniform(3, 0, 1, x.shape) < 0.7).to_type(x.dtype) / 0.7;

    private static Dropping OfSystemRandom()
    {
        var random = new Random(3);
        return new Dropping(x => x * tensor(Enumerable.Range(0, (int)x.numel()).Select(_ => random.NextDouble() < 0.3 ? 0 : 1 / 0.7).ToArray(), x.shape).to_type(x.dtype));
    }

    /// <summary>γ·f(x) + β.</summary>
    private static RuleModule Scaled(Func<Tensor, Tensor> function) =>
        new("LayerNorm", x => function(x[0]) * x[1] + x[2], ("weight", ones(3, float64)), ("bias", zeros(3, float64)));

    private static ModuleFault Of(string name, BatchNormFault fault, params Cause[] expected)
    {
        var settings = new BatchNormSettings(3, 1e-5, 0.1, Affine: true, Tracking: true);
        return Of(name, () => new PlantedBatchNorm1d(settings, float64, fault), () => nn.BatchNorm1d(3, dtype: float64), expected);
    }

    private static ModuleFault Of(string name, Func<nn.Module<Tensor, Tensor>> candidate, Func<nn.Module<Tensor, Tensor>> reference, params Cause[] expected) =>
        new(name, Norms, candidate, reference, () => [Sample.Normal(202, 6, 3), Sample.Normal(203, 6, 3) * 2 + 1], expected);

    private static ModuleFault Of(string name, double p, DropoutFault fault, params Cause[] expected) =>
        Drop(name, () => new PlantedDropout(p, fault), () => nn.Dropout(p), expected);

    private static ModuleFault Drop(string name, Func<nn.Module<Tensor, Tensor>> candidate, Func<nn.Module<Tensor, Tensor>> reference, params Cause[] expected) =>
        new(name, Drops, candidate, reference, () => [Sample.Apart(204, 4, 3, 2, 2)], expected);

    private static ModuleFault Layer(string name, Func<nn.Module<Tensor, Tensor>> candidate, Func<nn.Module<Tensor, Tensor>> reference, params Cause[] expected) =>
        Layer(name, candidate, reference, () => [Sample.Apart(206, 4, 3)], expected);

    private static ModuleFault Layer(string name, Func<nn.Module<Tensor, Tensor>> candidate, Func<nn.Module<Tensor, Tensor>> reference, Func<Tensor[]> batches, params Cause[] expected) =>
        new(name, Layers, candidate, reference, batches, expected);

    /// <summary>Something that is done in training only.</summary>
    private sealed class Dropping(Func<Tensor, Tensor> drop) : nn.Module<Tensor, Tensor>(nameof(Dropping))
    {
        public override Tensor forward(Tensor input) => training ? drop(input) : input.alias();
    }

    /// <summary>Dropout that its parent doesn't know of, as a list of modules in a field would be.</summary>
    private sealed class Deaf() : nn.Module<Tensor, Tensor>(nameof(Deaf))
    {
        public override Tensor forward(Tensor input) => F.dropout(input, 0.5, training: true);
    }
}
