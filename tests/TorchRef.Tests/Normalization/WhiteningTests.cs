using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class WhiteningTests
{
    public static TheoryData<WhiteningMethod> Methods => [.. Enum.GetValues<WhiteningMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Training_makes_the_covariance_the_identity(WhiteningMethod method)
    {
        using var whitening = new Whitening(4, method, eps: 0, dtype: float64);
        var output = whitening.call(Correlated(1, 50, 4));
        Near(zeros(4, float64), output.mean([0]));
        Near(eye(4, dtype: float64), output.t().mm(output) / 50, 1e-10);
    }

    [Fact]
    public void The_matrices_are_what_they_are_said_to_be()
    {
        var covariance = Covariance(Correlated(2, 50, 4));
        var zca = WhiteningMatrix.Of(covariance, WhiteningMethod.Zca, 0);
        var pca = WhiteningMatrix.Of(covariance, WhiteningMethod.Pca, 0);
        var cholesky = WhiteningMatrix.Of(covariance, WhiteningMethod.Cholesky, 0);
        Near(zca.t(), zca);
        Near(cholesky.tril(), cholesky, 0);
        var rows = pca.mm(pca.t());                             // Λ⁻¹
        Near(rows.diagonal().diag_embed(), rows, 1e-10);
        Assert.True((rows.diagonal().diff() > 0).all().item<bool>(), "the component of the largest variance comes first");
        Near(ones(4, float64), pca.gather(1, pca.abs().argmax(1, keepdim: true)).sign().squeeze(1), 0);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_gradient_is_the_limit_of_differences(WhiteningMethod method)
    {
        using var whitening = new Whitening(3, method, eps: 1e-2, track_running_stats: false, dtype: float64);
        Agree(whitening.call, Correlated(3, 7, 3));
        Agree(whitening.call, Correlated(4, 3, 3).unsqueeze(2).expand(3, 3, 2) + Normal(5, 3, 3, 2));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_second_derivative_is_the_limit_of_differences(WhiteningMethod method)
    {
        var (cotangent, probe) = (Normal(6, 3, 3), Normal(7, 3, 3));
        Agree(covariance => Gradient((covariance + covariance.t()) / 2) * probe, Covariance(Correlated(8, 20, 3)) + tensor(new[] { 1.0, 2, 4 }).diag_embed());

        Tensor Gradient(Tensor covariance)
        {
            using var grad = enable_grad();
            var leaf = covariance.requires_grad ? covariance : covariance.detach().requires_grad_();
            return autograd.grad([WhiteningMatrix.Of(leaf, method, 1e-3)], [leaf], [cotangent], retain_graph: true, create_graph: true)[0];
        }
    }

    [Fact]
    public void Equal_eigenvalues_dont_spoil_the_gradient()
    {
        // Covariance I exactly: eigh's own rule divides by differences of eigenvalues, all of which are 0.
        var identity = eye(3, dtype: float64);
        Agree(covariance => WhiteningMatrix.Of((covariance + covariance.t()) / 2, WhiteningMethod.Zca, 0.5), identity);
        var leaf = identity.clone().requires_grad_();
        // A loss that no rotation changes: that of PCA is differentiable too. ‖W‖² = tr (Σ + ε)⁻¹.
        WhiteningMatrix.Of(leaf, WhiteningMethod.Pca, 0.5).square().sum().backward();
        Near(-identity / (1.5 * 1.5), leaf.grad!);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fewer_samples_than_channels_still_give_finite_gradients(WhiteningMethod method)
    {
        using var whitening = new Whitening(8, method);
        var input = Normal(9, 4, 8).to_type(float32).requires_grad_();
        whitening.call(input).square().sum().backward();
        Assert.True(input.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Evaluation_uses_the_running_statistics(WhiteningMethod method)
    {
        using var whitening = new Whitening(3, method, momentum: 0.5, dtype: float64);
        var (first, second) = (Correlated(10, 30, 3), Correlated(11, 30, 3));
        whitening.call(first);
        whitening.call(second);
        Near(first.mean([0]) * 0.25 + second.mean([0]) * 0.5, whitening.RunningMean!);
        var unbiased = 30.0 / 29;
        Near(eye(3, dtype: float64) * 0.25 + Covariance(first) * (0.25 * unbiased) + Covariance(second) * (0.5 * unbiased), whitening.RunningCov!);
        Assert.Equal(2, whitening.NumBatchesTracked!.item<long>());
        whitening.eval();
        var one = Normal(12, 1, 3);                             // a batch of one will do
        Near((one - whitening.RunningMean!).mm(whitening.RunningMatrix().t()), whitening.call(one));
        Assert.Equal(2, whitening.NumBatchesTracked!.item<long>());
    }

    [Fact]
    public void Without_momentum_the_statistics_are_plain_averages()
    {
        using var whitening = new Whitening(3, momentum: null, dtype: float64);
        var batches = new[] { Correlated(13, 20, 3), Correlated(14, 20, 3), Correlated(15, 20, 3) };
        foreach (var batch in batches) whitening.call(batch);
        Near(stack(batches.Select(batch => batch.mean([0]))).mean([0]), whitening.RunningMean!);
        Near(stack(batches.Select(batch => Covariance(batch) * (20.0 / 19))).mean([0]), whitening.RunningCov!);
    }

    [Fact]
    public void Positions_are_samples()
    {
        using var whitening = new Whitening(3, dtype: float64);
        var input = Correlated(16, 24, 3);
        var images = input.view(2, 3, 4, 3).permute(0, 3, 1, 2); // (N, C, H, W)
        Near(whitening.call(input), whitening.call(images).permute(0, 2, 3, 1).reshape(24, 3));
    }

    [Fact]
    public void Scale_and_shift_come_after()
    {
        using var whitening = new Whitening(3, affine: true, dtype: float64);
        Assert.Equal("weight, bias, running_mean, running_cov, num_batches_tracked", string.Join(", ", whitening.state_dict().Keys));
        var plain = whitening.call(Correlated(17, 20, 3));
        using (no_grad())
        {
            whitening.Weight!.mul_(3);
            whitening.Bias!.add_(2);
        }
        Near(plain * 3 + 2, whitening.call(Correlated(17, 20, 3)));
    }

    [Fact]
    public void What_doesnt_fit_is_said()
    {
        Says("num_features must be positive: expected at least 1 but got 0", () => new Whitening(0));
        Says("eps must not be negative: expected at least 0 but got -1.0", () => new Whitening(3, eps: -1));
        Says("whitening needs samples and channels: expected 2 dimensions or more but got 1", () => new Whitening(3).call(zeros(3)));
        Says("the channels of the input must be the module's: expected 3 but got 4", () => new Whitening(3).call(zeros(2, 4)));
        Says("whitening needs real numbers: expected a floating-point type but got Int64", () => new Whitening(3).call(zeros([2, 3], int64)));
        Says("the element type of the input must be the module's: expected Float32 but got Float64", () => new Whitening(3).call(zeros([2, 3], float64)));
        Says("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", () => new Whitening(3).call(zeros(1, 3)));
        Says("whitening needs finite values: expected a finite covariance but got NaN or infinity in it", () => new Whitening(3).call(full([4, 3], double.NaN)));
        foreach (var method in Enum.GetValues<WhiteningMethod>())
            Says("whitening needs a covariance that has an inverse: expected eigenvalues above 0 but got a feature that the others determine; a larger eps helps", () => new Whitening(3, method, eps: 0).call(zeros(4, 3)));
    }

    [Fact]
    public void A_refused_batch_leaves_the_statistics()
    {
        using var whitening = new Whitening(3, eps: 0);
        Assert.Throws<ArgumentException>(() => whitening.call(zeros(4, 3)));
        Near(eye(3), whitening.RunningCov!, 0);
        Assert.Equal(0, whitening.NumBatchesTracked!.item<long>());
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);

    private static Tensor Correlated(ulong seed, long samples, long channels) =>
        Normal(seed, samples, channels).mm(Normal(100, channels, channels) * 0.4 + eye(channels, dtype: float64)) + 1; // [n, C]

    private static Tensor Covariance(Tensor samples)
    {
        var centred = samples - samples.mean([0]);              // [n, C]
        return centred.t().mm(centred) / samples.shape[0];      // [C, C]
    }
}
