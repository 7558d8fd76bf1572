using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>Faults that people make, put in the place of the real modules: the verification has to find each.</summary>
public class NormalizationFaultTests
{
    [Fact]
    public void The_modules_themselves_agree() => Assert.DoesNotContain(Verify(Candidates.Own), comparison => !comparison.Agrees);

    [Fact]
    public void A_wrong_eps_of_layer_norm_is_found() =>
        Found("LayerNorm", Candidates.Own with { LayerNorm = (s, dtype) => new LayerNorm(s.Shape, s.Eps * 1.01, s.Affine, s.Bias, dtype: dtype) });

    [Fact]
    public void A_wrong_number_of_groups_is_found() =>
        Found("GroupNorm", Candidates.Own with { GroupNorm = (s, dtype) => new GroupNorm(s.Groups == 2 ? 1 : s.Groups, s.Channels, s.Eps, s.Affine, dtype: dtype) });

    [Fact]
    public void A_swapped_momentum_of_instance_norm_is_found() =>
        Found("InstanceNorm", Candidates.Own with { InstanceNorm = (s, dtype) => Candidates.Own.InstanceNorm(s with { Momentum = 1 - s.Momentum }, dtype) });

    [Fact]
    public void A_whitening_that_takes_another_matrix_is_found() =>
        Found("Whitening", Candidates.Own with { Whitening = (s, dtype) => Candidates.Own.Whitening(s with { Method = s.Method == WhiteningMethod.Zca ? WhiteningMethod.Pca : s.Method }, dtype) });

    [Fact]
    public void A_whitening_whose_covariance_has_no_gradient_is_found() =>
        Found("Whitening", Candidates.Own with { Whitening = (s, dtype) => new Detached(Candidates.Own.Whitening(s, dtype)) });

    [Fact]
    public void Time_steps_that_share_their_statistics_are_found() =>
        Found("RecurrentBatchNorm", Candidates.Own with { RecurrentBatchNorm = (s, dtype) => new Timeless(Candidates.Own.RecurrentBatchNorm(s, dtype)) });

    private static void Found(string module, Candidates candidates)
    {
        var comparisons = Verify(candidates, module);
        Assert.Contains(comparisons, comparison => !comparison.Agrees);
    }

    private static IReadOnlyList<Comparison> Verify(Candidates candidates, string? filter = null)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        NormalizationCases.Run(recorder, candidates, 3);
        WhiteningCases.Run(recorder, candidates, 3);
        RecurrentNormCases.Run(recorder, candidates, 3);
        GoldenNormalization.Run(recorder, candidates);
        return recorder.Comparisons;
    }

    /// <summary>Takes the gradient through the input alone, as if mean and covariance were constants.</summary>
    private sealed class Detached : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> whitening;

        public Detached(nn.Module<Tensor, Tensor> whitening)
            : base(nameof(Detached))
        {
            this.whitening = whitening;
            foreach (var (name, buffer) in whitening.named_buffers()) register_buffer(name, buffer);
        }

        public override Tensor forward(Tensor input)
        {
            whitening.train(training);
            return whitening.call(input.detach()) + (input - input.detach());
        }
    }
}
