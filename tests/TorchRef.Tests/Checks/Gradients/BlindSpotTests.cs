using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

public sealed class BlindSpotTests
{
    [Fact]
    public void A_missing_gamma_is_seen_although_gamma_is_1()
    {
        using var scope = NewDisposeScope();
        using var module = new Scaled();
        var report = GradCheck.Run(module, Forged.Normal(1, 5, 3));
        Assert.Equal((Verdict.Fail, Cause.ChannelFactor), (report.Verdict, report.Diagnosis.Cause));
        Assert.Contains("which hides factors", report.Diagnosis.Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, GradCheck.Run(module, Forged.Normal(1, 5, 3), new GradCheckOptions { Vary = false }).Verdict);
    }

    [Fact]
    public void An_epsilon_that_a_large_variance_hides_is_looked_for_at_a_small_one()
    {
        using var scope = NewDisposeScope();
        Func<Tensor[], Tensor[]> without = inputs =>
        {
            var centred = inputs[0] - inputs[0].mean([0], keepdim: true);
            var variance = centred.square().mean([0], keepdim: true);
            var (right, wrong) = (centred * (variance + 1e-5).rsqrt(), centred * variance.rsqrt());
            return [right.detach() + (wrong - wrong.detach())];
        };
        var report = GradCheck.Run(without, [Forged.Normal(2, 6, 2) * 1e4]);
        Assert.Equal((Verdict.Fail, Cause.Epsilon), (report.Verdict, report.Diagnosis.Cause));
    }

    [Fact]
    public void As_many_rows_as_columns_are_varied_or_said()
    {
        using var scope = NewDisposeScope();
        var varied = GradCheck.Run(nn.LayerNorm(4, dtype: float64), Forged.Normal(3, 4, 4));
        Assert.Contains(varied.Variations, why => why.Contains("two dimensions of size 4", StringComparison.Ordinal));
        var said = GradCheck.Run(Forged.Right(x => x.softmax(1)), [Forged.Normal(3, 4, 4)]);
        Assert.Contains(said.BlindSpots, spot => spot.Contains("two dimensions of size 4", StringComparison.Ordinal));
    }

    [Fact]
    public void An_input_without_influence_is_named()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(inputs => [inputs[0].exp() + inputs[1] * 0], [Forged.Normal(4, 3), Forged.Normal(5, 3)]);
        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Contains(report.BlindSpots, spot => spot.Contains("derivatives by input 1 are all 0", StringComparison.Ordinal));
    }

    /// <summary>γ·x whose gradient by x forgets γ.</summary>
    private sealed class Scaled : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter weight = nn.Parameter(ones(3, float64));

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var right = input.detach() * weight;
            return right + (input - input.detach());
        }
    }
}
