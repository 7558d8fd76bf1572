using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>Faults that are planted on purpose: the golden tensors alone must find each of them.</summary>
public sealed class GoldenFaultTests
{
    [Fact]
    public void A_forgotten_bias_is_found() => Assert.Contains("output", Found("Affine composite float64", Candidates.Own with
    {
        Affine = (s, form, dtype) => new WithoutBias(Candidates.Own.Affine(s, form, dtype)),
    }));

    [Fact]
    public void A_step_with_another_value_at_0_is_found() =>
        Assert.Equal(["output"], Found("Step float64", Candidates.Own with { Step = atZero => new Step(1 - atZero) }));

    [Fact]
    public void Numbers_of_another_spread_and_another_count_of_them_are_found()
    {
        Assert.Equal(["values"], Found("xavier_normal_", Candidates.Own with { Initializer = _ => tensor => Initializers.XavierFanIn(tensor) }));
        Assert.Equal(["random numbers afterwards"], Found("zeros_", Candidates.Own with { Initializer = _ => tensor => Initializers.Zeros(Initializers.Uniform(tensor)) }));
    }

    [Fact]
    public void Ghost_batches_of_another_size_are_found() => Assert.Superset(new HashSet<string> { "output", "running_var", "num_batches_tracked" }, Found("GhostBatchNorm float64", Candidates.Own with
    {
        GhostBatchNorm = (s, size, dtype) => Candidates.Own.GhostBatchNorm(s, 2 * size, dtype),
    }));

    [Fact]
    public void A_lazy_module_that_forgets_its_settings_is_found() => Assert.Superset(new HashSet<string> { "printed form", "running_mean" }, Found("LazyBatchNorm1d composite float64", Candidates.Own with
    {
        LazyBatchNorm = (s, form, dtype) => new LazyBatchNorm1d(s.Eps, 0.2, s.Affine, s.Tracking, form, dtype: dtype),
    }));

    [Fact]
    public void A_frozen_module_of_initial_statistics_is_found() => Assert.Contains("output", Found("FrozenBatchNorm float64", Candidates.Own with
    {
        FrozenBatchNorm = norm => new FrozenBatchNorm(norm.num_features, norm.eps, dtype: norm.running_mean!.dtype),
    }));

    [Fact]
    public void A_biased_running_variance_is_found() => Assert.Contains("running_var", Found("ConventionalBatchNorm PyTorch float64", Candidates.Own with
    {
        ConventionalBatchNorm = (features, convention, dtype) => new ConventionalBatchNorm(features, convention with { RunningVariance = VarianceKind.Biased }, dtype: dtype),
    }));

    [Fact]
    public void A_normalisation_that_is_left_out_is_found() =>
        Assert.Equal(["bias", "output", "weight"], Found("BatchNormFolding Conv2d float64", Candidates.Own with { Folded = (layer, _) => layer }).Order(StringComparer.Ordinal));

    [Fact]
    public void Time_steps_that_share_their_statistics_are_found() => Assert.Superset(new HashSet<string> { "running_mean", "running_var" }, Found("RecurrentBatchNorm float64", Candidates.Own with
    {
        RecurrentBatchNorm = (s, dtype) => new Timeless(Candidates.Own.RecurrentBatchNorm(s, dtype)),
    }));

    [Fact]
    public void A_memory_that_forgets_its_bias_is_found()
    {
        Assert.Contains("hidden state", Found("BatchNormLSTMCell identity float64", Candidates.Own with { BatchNormLstmCell = (s, dtype) => Candidates.Own.BatchNormLstmCell(s with { Bias = false }, dtype) }));
        Assert.Contains("hidden states", Found("BatchNormLSTM identity float64", Candidates.Own with { BatchNormLstm = (s, dtype) => Candidates.Own.BatchNormLstm(s with { Bias = false }, dtype) }));
    }

    [Fact]
    public void A_memory_with_an_epsilon_of_its_own_is_found_in_training() => Assert.Contains("cell state", Found("BatchNormLSTMCell float64 train", Candidates.Own with
    {
        BatchNormLstmCell = (s, dtype) => new BatchNormLSTMCell(s.Inputs, s.Hidden, s.MaxLength, s.Bias, eps: 1e-3, dtype: dtype),
    }));

    [Fact]
    public void Dropout_that_keeps_the_share_it_should_drop_is_found()
    {
        Assert.Equal(["gradient of input", "output"], Found("ClassicDropout float64", Candidates.Own with { ClassicDropout = ratio => new Dropout.ClassicDropout(1 - ratio) }).Order(StringComparer.Ordinal));
        Assert.Contains("output", Found("ClassicDropout float64", Candidates.Own with { ClassicDropoutWithMask = (input, mask) => input * (1 - mask) }));
    }

    [Fact]
    public void A_deviation_with_the_other_divisor_is_found() => Assert.Equal(["standard deviation"], Found("MonteCarlo float64", Candidates.Own with
    {
        MonteCarlo = (network, input, samples, unbiased, isDropout) => Dropout.MonteCarlo.Predict(network, input, samples, unbiased: !unbiased, isDropout: isDropout),
    }));

    [Fact]
    public void Momentum_and_Nesterov_in_each_others_place_are_found()
    {
        Assert.Contains("parameters after a step", Found("Momentum float64", Replaced(options => options is MomentumOptions m ? new NesterovOptions(m.lr, m.momentum, m.weight_decay, m.maximize) : options)));
        Assert.Contains("parameters after a step", Found("Nesterov float64", Replaced(options => options is NesterovOptions n ? new MomentumOptions(n.lr, n.momentum, n.weight_decay, n.maximize) : options)));
    }

    [Theory]
    [InlineData("weight decay in loss float64")]
    [InlineData("weight decay in gradient float64")]
    [InlineData("weight decay decoupled float64")]
    public void An_optimiser_that_decays_beside_is_found(string filter) =>
        Assert.Equal(["parameters after a step"], Found(filter, Replaced(options => options with { weight_decay = 1e-6 })));

    private static Candidates Replaced(Func<GroupOptions, GroupOptions> change) => Candidates.Own with
    {
        Optimizer = groups => Candidates.Own.Optimizer([.. groups.Select(group => (group.parameters, change(group.options)))]),
    };

    /// <summary>What disagrees in the cases that a filter leaves in; without the fault nothing may.</summary>
    private static HashSet<string> Found(string filter, Candidates candidates)
    {
        Assert.Empty(Disagreeing(filter, Candidates.Own));
        return Disagreeing(filter, candidates);
    }

    private static HashSet<string> Disagreeing(string filter, Candidates candidates)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        GoldenCases.Run(recorder, candidates);
        Assert.NotEmpty(recorder.Comparisons);
        return [.. recorder.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.What)];
    }

    /// <summary>An affine layer that doesn't add its bias.</summary>
    private sealed class WithoutBias : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _affine;

        public WithoutBias(nn.Module<Tensor, Tensor> affine)
            : base(nameof(WithoutBias))
        {
            _affine = affine;
            foreach (var (name, parameter) in affine.named_parameters()) register_parameter(name, parameter);
        }

        public override Tensor forward(Tensor input)
        {
            var output = _affine.call(input);                   // […, out]
            // Subtracted again: its gradient is still there.
            return _affine.get_parameter("bias") is { } bias ? output - bias.detach() : output;
        }
    }
}
