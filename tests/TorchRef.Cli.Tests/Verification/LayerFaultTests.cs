using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>Faults that are planted in layers, the loss and initialisation on purpose: the verification must find each of them.</summary>
public sealed class LayerFaultTests
{
    [Fact]
    public void Nothing_is_found_without_a_fault()
    {
        var recorder = new ComparisonRecorder(null, CancellationToken.None);
        AffineCases.Run(recorder, Candidates.Own, seed: 1);
        ActivationCases.Run(recorder, Candidates.Own, seed: 1);
        CrossEntropyCases.Run(recorder, Candidates.Own, seed: 1);
        InitializerCases.Run(recorder, Candidates.Own, seed: 1);
        GoldenActivations.Run(recorder, Candidates.Own);
        GoldenLosses.Run(recorder, Candidates.Own);

        Assert.All(recorder.Comparisons, comparison => Assert.True(comparison.Agrees, comparison.ToString()));
    }

    [Fact]
    public void A_bias_added_twice_is_found() => Assert.Equal(["gradient of bias", "output"], Affine((s, form, dtype) =>
    {
        var affine = new Affine(s.Inputs, s.Outputs, s.Bias, form, dtype: dtype);
        return new Changed(affine, (_, output) => s.Bias ? output + affine.Bias! : output.alias());
    }));

    [Fact]
    public void Parameters_drawn_by_another_rule_are_found() => Assert.Superset(new HashSet<string> { "new bias", "new weight" }, Affine((s, form, dtype) =>
    {
        var affine = new Affine(s.Inputs, s.Outputs, s.Bias, form, dtype: dtype);
        Initializers.XavierUniform(affine.Weight);
        if (affine.Bias is { } bias) Initializers.Zeros(bias);
        return new Changed(affine, (_, output) => output.alias());
    }).ToHashSet());

    [Fact]
    public void A_sigmoid_of_the_magnitude_has_no_slope_at_0() => Assert.Equal(["gradient of input"], Activation("Sigmoid", 1, input =>
    {
        var decay = (-input.abs()).exp();
        return where(input >= 0, ones_like(decay), decay) / (1 + decay);
    }));

    [Fact]
    public void A_sigmoid_that_overflows_is_found_far_out_only()
    {
        Assert.Empty(Activation("Sigmoid", 1, input => 1 / (1 + (-input).exp())));
        Assert.Equal(["gradient of input"], Activation("Sigmoid", 800, input => 1 / (1 + (-input).exp())));
    }

    [Fact]
    public void A_rectifier_with_slope_1_at_0_is_found() => Assert.Equal(["gradient of input"], Activation("ReLU", 1, input => input.clamp(0)));

    [Fact]
    public void A_mean_over_what_is_ignored_too_is_found() => Assert.NotEmpty(CrossEntropy("classes, mean, class 1 ignored", (s, form) =>
        new ChangedLoss(s with { Reduction = nn.Reduction.Sum }, form, (loss, target) => loss / target.numel())));

    [Fact]
    public void Forgotten_smoothing_and_weights_are_found()
    {
        Assert.NotEmpty(CrossEntropy("label smoothing", (s, form) => new ChangedLoss(s with { LabelSmoothing = 0 }, form, (loss, _) => loss.alias())));
        Assert.NotEmpty(CrossEntropy("weighted", (s, form) => new ChangedLoss(s with { Weight = null }, form, (loss, _) => loss.alias())));
    }

    [Fact]
    public void A_softmax_that_is_not_shifted_is_found_by_the_golden_tensors()
    {
        var recorder = new ComparisonRecorder("large_logits", CancellationToken.None);
        GoldenLosses.Run(recorder, Candidates.Own with { CrossEntropy = (_, _) => new NotShifted() });
        Assert.Equal(["gradient of input", "loss"], FaultsIn(recorder));
    }

    [Fact]
    public void A_fan_of_the_inputs_alone_and_a_bound_that_is_a_deviation_are_found()
    {
        Assert.Equal(["values"], Initializer("xavier_normal_", tensor => Initializers.XavierFanIn(tensor)));
        Assert.Equal(["values"], Initializer("kaiming_uniform_", tensor => Initializers.Uniform(tensor, -Math.Sqrt(2.0 / tensor.shape[1]), Math.Sqrt(2.0 / tensor.shape[1]))));
        Assert.Equal(["random numbers afterwards"], Initializer("zeros_", tensor => Initializers.Zeros(Initializers.Uniform(tensor))));
    }

    private static string[] Affine(Func<AffineSettings, GradientForm, ScalarType, nn.Module<Tensor, Tensor>> make)
    {
        var recorder = new ComparisonRecorder("float64 train torch.nn (5, 7)", CancellationToken.None);
        AffineCases.Run(recorder, Candidates.Own with { Affine = (s, form, dtype) => make(s, form, dtype) }, seed: 1);
        return FaultsIn(recorder);
    }

    private static string[] Activation(string name, int spread, Func<Tensor, Tensor> function)
    {
        var recorder = new ComparisonRecorder($"{name} composite float64 train torch.nn (4, 10), spread {spread},", CancellationToken.None);
        ActivationCases.Run(recorder, Candidates.Own with { Activation = (_, _) => new Lambda(function) }, seed: 1);
        return FaultsIn(recorder);
    }

    private static string[] CrossEntropy(string filter, Func<CrossEntropySettings, GradientForm, nn.Module<Tensor, Tensor, Tensor>> make)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        CrossEntropyCases.Run(recorder, Candidates.Own with { CrossEntropy = make }, seed: 1);
        return FaultsIn(recorder);
    }

    private static string[] Initializer(string name, Func<Tensor, Tensor> fill)
    {
        var recorder = new ComparisonRecorder($"{name}, (4, 3)", CancellationToken.None);
        InitializerCases.Run(recorder, Candidates.Own with { Initializer = _ => fill }, seed: 1);
        return FaultsIn(recorder);
    }

    private static string[] FaultsIn(ComparisonRecorder recorder)
    {
        Assert.NotEmpty(recorder.Comparisons);
        return [.. recorder.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.What).Distinct().Order(StringComparer.Ordinal)];
    }

    private sealed class Lambda(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>(nameof(Lambda))
    {
        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return function(input).MoveToOuterDisposeScope();
        }
    }

    /// <summary>An affine layer whose output is changed, under the names of its own state.</summary>
    private sealed class Changed : nn.Module<Tensor, Tensor>
    {
        private readonly Affine _affine;
        private readonly Func<Tensor, Tensor, Tensor> _change;

        public Changed(Affine affine, Func<Tensor, Tensor, Tensor> change)
            : base(nameof(Changed))
        {
            (_affine, _change) = (affine, change);
            register_parameter("weight", affine.Weight);
            if (affine.Bias is { } bias) register_parameter("bias", bias);
        }

        public override Tensor forward(Tensor input) => _change(input, _affine.call(input));
    }

    private sealed class ChangedLoss(CrossEntropySettings s, GradientForm form, Func<Tensor, Tensor, Tensor> change) : nn.Module<Tensor, Tensor, Tensor>(nameof(ChangedLoss))
    {
        private readonly SoftmaxCrossEntropy _loss = new(s.Weight, s.IgnoreIndex, s.Reduction, s.LabelSmoothing, form: form);

        public override Tensor forward(Tensor input, Tensor target) => change(_loss.call(input, target), target);
    }

    private sealed class NotShifted() : nn.Module<Tensor, Tensor, Tensor>(nameof(NotShifted))
    {
        public override Tensor forward(Tensor input, Tensor target)
        {
            using var scope = NewDisposeScope();
            var powers = input.exp();                           // [N, C]
            return (-(powers / powers.sum([1], keepdim: true)).log().gather(1, target.unsqueeze(1)).mean()).MoveToOuterDisposeScope(); // []
        }
    }
}
