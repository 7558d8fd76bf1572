using TorchRef.Checks;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Faults planted in other layers: each is caught, and the first guess at its cause is right.</summary>
public sealed class LayerFaultTests(ITestOutputHelper output)
{
    public static TheoryData<string, Cause> Linears => new()
    {
        { "transposed", Cause.Transposed },
        { "no bias", Cause.ForwardDiffers },
        { "doubled", Cause.ConstantFactor },
        { "one entry", Cause.SingleEntry },
        { "single precision", Cause.Precision },
        { "weight cut off", Cause.MissingGradient },
        { "weight gradient halved", Cause.ConstantFactor },
        { "remembers", Cause.NotReplayable },
    };

    public static TheoryData<string, Cause> Norms => new()
    {
        { "no eps", Cause.Epsilon },
        { "eps outside", Cause.Epsilon },
        { "unbiased", Cause.BiasedVariance },
        { "no gamma", Cause.ChannelFactor },
        { "no beta", Cause.ForwardDiffers },
        { "over the batch", Cause.WrongReduction },
        { "detached", Cause.DetachedStatistics },
        { "mean detached", Cause.MeanTerm },
        { "variance detached", Cause.VarianceTerm },
    };

    [Theory]
    [MemberData(nameof(Linears))]
    public void A_fault_in_a_linear_layer_is_caught_and_named(string fault, Cause cause)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        Tensor? last = null;
        using var candidate = new Made(nn.Linear(5, 5), (inner, x) =>
        {
            var (w, b) = (inner.get_parameter("weight")!, inner.get_parameter("bias")!);
            var y = nn.functional.linear(x, w, b);              // [N, 5]
            if (fault == "remembers")
            {
                var before = last;
                last = y.detach();
                return before is null || before.dtype != y.dtype || !before.shape.SequenceEqual(y.shape) ? y : y + 0.1 * before;
            }
            return fault switch
            {
                "transposed" => x.matmul(w) + b,
                "no bias" => x.matmul(w.t()),
                "doubled" => y * 2,
                "one entry" => y + (arange(y.numel(), y.dtype).view(y.shape).eq(7) * 0.01),
                "single precision" => nn.functional.linear(x.to_type(float32), w.to_type(float32), b.to_type(float32)).to_type(x.dtype),
                "weight cut off" => nn.functional.linear(x, w.detach(), b),
                _ => nn.functional.linear(x, w * 0.5 + w.detach() * 0.5, b),
            };
        });
        using var reference = nn.Linear(5, 5);

        Named(cause, ModuleParity.Compare(candidate, reference, [randn(5, 5), randn(5, 5)], new ModuleParityOptions { CompareStateDict = false }));
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void A_fault_in_layer_normalisation_is_caught_and_named(string fault, Cause cause)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var candidate = new Made(nn.LayerNorm(6), (inner, x) =>
        {
            var (gamma, beta) = (inner.get_parameter("weight")!, inner.get_parameter("bias")!);
            long[] dims = fault == "over the batch" ? [0] : [-1];
            var mean = x.mean(dims, keepdim: true);             // [N, 1]
            if (fault is "detached" or "mean detached") mean = mean.detach();
            var centred = fault == "variance detached" ? x - x.mean(dims, keepdim: true).detach() : x - mean; // [N, 6]
            var variance = (x - x.mean(dims, keepdim: true)).square().mean(dims, keepdim: true); // [N, 1]
            if (fault is "detached" or "variance detached") variance = variance.detach();
            if (fault == "variance detached") centred = x - mean;
            if (fault == "unbiased") variance = variance * (6.0 / 5);
            var divisor = fault == "eps outside" ? variance.sqrt() + 1e-5 : (variance + (fault == "no eps" ? 0 : 1e-5)).sqrt(); // [N, 1]
            var normalized = centred / divisor;                 // [N, 6]
            return fault == "no gamma" ? normalized + beta : fault == "no beta" ? normalized * gamma : normalized * gamma + beta;
        });
        using var reference = nn.LayerNorm(6);

        Named(cause, ModuleParity.Compare(candidate, reference, [randn(7, 6)], new ModuleParityOptions { CompareStateDict = false }));
    }

    private void Named(Cause cause, ModuleParityReport report)
    {
        output.WriteLine(report.ToString());
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(cause, report.Diagnosis.Cause);
    }

    /// <summary>A module whose parameters are another one's, and whose forward is a function.</summary>
    private sealed class Made : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _inner;
        private readonly Func<nn.Module, Tensor, Tensor> _forward;

        public Made(nn.Module<Tensor, Tensor> inner, Func<nn.Module, Tensor, Tensor> forward)
            : base("Made")
        {
            (_inner, _forward) = (inner, forward);
            register_module("inner", inner);
        }

        public override Tensor forward(Tensor input) => _forward(_inner, input);
    }
}
