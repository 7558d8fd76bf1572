using TorchRef.Checks;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Mistakes in the backward of batch normalisation, over (N, C) and (N, C, H, W), with parameters γ and β.</summary>
internal static class BatchNormFaults
{
    private const string Family = "batch norm";

    /// <summary>N of the small batch; n − 1 in place of n is 6/5.</summary>
    private const int Count = 6;
    private const double Unbiased = Count / (Count - 1.0);

    /// <summary>γ and β as a new module has them, which hides what is wrong with γ.</summary>
    private static readonly Func<Tensor[]> s_fresh = () => [ones(3, float64), zeros(3, float64)];

    public static IEnumerable<Fault> All =>
    [
        .. Sums(),
        .. Scales(),
        .. Epsilons(),
        .. Parameters(),
        .. Reductions(),
        .. Cotangents(),
    ];

    private static IEnumerable<Fault> Sums()
    {
        yield return Of("mean term missing", new() { MeanFactor = 0 }, Cause.MeanTerm);
        yield return Of("mean term halved", new() { MeanFactor = 0.5 }, Cause.MeanTerm);
        yield return Of("mean term of the wrong sign", new() { MeanFactor = -1 }, Cause.MeanTerm);
        yield return Of("mean term by n − 1", new() { MeanFactor = Unbiased }, Cause.MeanTerm);
        yield return Of("variance term missing", new() { VarianceFactor = 0 }, Cause.VarianceTerm);
        yield return Of("variance term doubled", new() { VarianceFactor = 2 }, Cause.VarianceTerm);
        yield return Of("variance term halved", new() { VarianceFactor = 0.5 }, Cause.VarianceTerm);
        yield return Of("variance term of the wrong sign", new() { VarianceFactor = -1 }, Cause.VarianceTerm);
        yield return Of("variance term by n − 1", new() { VarianceFactor = Unbiased }, Cause.VarianceTerm, Cause.BiasedVariance);
        yield return Of("statistics taken for constants", new() { MeanFactor = 0, VarianceFactor = 0 }, Cause.DetachedStatistics);
        yield return Of("mean term missing, images", new() { MeanFactor = 0 }, [Cause.MeanTerm], Image);
        yield return Of("variance term missing, images", new() { VarianceFactor = 0 }, [Cause.VarianceTerm], Image);
        yield return Of("statistics taken for constants, images", new() { MeanFactor = 0, VarianceFactor = 0 }, [Cause.DetachedStatistics], Image);
        yield return Of("variance term missing, new module", new() { VarianceFactor = 0 }, [Cause.VarianceTerm], parameters: s_fresh);
        yield return Of("mean term missing, N = C", new() { MeanFactor = 0 }, [Cause.MeanTerm], () => Sample.Normal(3, 3, 3));
        yield return Of("variance term missing, inputs near 1000", new() { VarianceFactor = 0 }, [Cause.VarianceTerm], () => Small() + 1000);
        yield return Of("forward unbiased, backward biased", new() { UnbiasedForward = true }, Cause.BiasedVariance, Cause.VarianceTerm, Cause.ConstantFactor);
    }

    private static IEnumerable<Fault> Scales()
    {
        yield return Of("γ missing", new() { GammaPower = 0 }, Cause.ChannelFactor);
        yield return Of("γ missing, images", new() { GammaPower = 0 }, [Cause.ChannelFactor], Image);
        yield return Of("γ missing, new module", new() { GammaPower = 0 }, [Cause.ChannelFactor], parameters: s_fresh, hidden: true);
        yield return Of("γ squared", new() { GammaPower = 2 }, Cause.ChannelFactor);
        yield return Of("γ squared, new module", new() { GammaPower = 2 }, [Cause.ChannelFactor], parameters: s_fresh, hidden: true);
        yield return Of("divided by γ", new() { GammaPower = -1 }, Cause.ChannelFactor);
        yield return Of("inverse deviation missing", new() { InversePower = 0 }, Cause.ChannelFactor);
        yield return Of("inverse deviation squared", new() { InversePower = 2 }, Cause.ChannelFactor);
        yield return Of("deviation in place of its inverse", new() { InversePower = -1 }, Cause.ChannelFactor);
        yield return Of("sign of the input's gradient", new() { Input = gradient => -gradient }, Cause.ConstantFactor);
        yield return Of("input's gradient doubled", new() { Input = gradient => gradient * 2 }, Cause.ConstantFactor);
        yield return Of("input's gradient averaged over the batch", new() { Input = gradient => gradient / Count }, Cause.ConstantFactor);
        yield return Of("input's gradient by the unbiased deviation", new() { Input = gradient => gradient / Math.Sqrt(Unbiased) }, Cause.ConstantFactor, Cause.BiasedVariance);
    }

    private static IEnumerable<Fault> Epsilons()
    {
        yield return Of("ε missing in backward", new() { BackwardEpsilon = 0 }, Cause.Epsilon);
        yield return Of("ε outside of the root in backward", new() { BackwardPlace = EpsilonPlace.OutsideRoot }, Cause.Epsilon);
        yield return Of("another ε in backward", new() { Epsilon = 1e-3, BackwardEpsilon = 1e-5 }, Cause.Epsilon);
        yield return Of("ε missing in backward, images", new() { BackwardEpsilon = 0 }, [Cause.Epsilon], Image);
        yield return Of("ε missing in backward, variance of a million", new() { BackwardEpsilon = 0 }, [Cause.Epsilon], () => Small() * 1000, hidden: true);
        yield return Of("ε outside of the root in backward, small variance", new() { BackwardPlace = EpsilonPlace.OutsideRoot }, [Cause.Epsilon], () => Small() * 0.01);
    }

    private static IEnumerable<Fault> Parameters()
    {
        yield return Of("γ's gradient from the output", new() { Weight = OfOutput }, Cause.OutputInsteadOfNormalized);
        yield return Of("γ's gradient from the output, new module", new() { Weight = OfOutput }, [Cause.OutputInsteadOfNormalized], parameters: s_fresh, hidden: true);
        yield return Of("γ's gradient not divided by the deviation", new() { Weight = terms => terms.Sum(terms.Gradient * terms.Centred) }, Cause.ChannelFactor);
        yield return Of("γ's gradient averaged", new() { Weight = terms => terms.Sum(terms.Gradient * terms.Normalized) / terms.Count }, Cause.ConstantFactor);
        yield return Of("γ's gradient times γ", new() { Weight = terms => terms.Sum(terms.Gradient * terms.Normalized) * terms.Gamma }, Cause.ChannelFactor);
        yield return Of("γ's gradient times γ, new module", new() { Weight = terms => terms.Sum(terms.Gradient * terms.Normalized) * terms.Gamma }, [Cause.ChannelFactor], parameters: s_fresh, hidden: true);
        yield return Of("β's gradient averaged", new() { Bias = terms => terms.Sum(terms.Gradient) / terms.Count }, Cause.ConstantFactor);
        yield return Of("β's gradient averaged, images", new() { Bias = terms => terms.Sum(terms.Gradient) / terms.Count }, [Cause.ConstantFactor], Image);
        yield return Of("β's gradient times γ", new() { Bias = terms => terms.Sum(terms.Gradient) * terms.Gamma }, Cause.ChannelFactor);
        yield return Of("γ's and β's gradients swapped", new() { Weight = terms => terms.Sum(terms.Gradient), Bias = terms => terms.Sum(terms.Gradient * terms.Normalized) }, Cause.Swapped);
        yield return Of("no gradient of β", new() { Bias = _ => null }, Cause.MissingGradient);
        yield return Of("no gradient of γ", new() { Weight = _ => null }, Cause.MissingGradient);
        yield return Of("γ's gradient is zero", new() { Weight = terms => zeros_like(terms.Gamma) }, Cause.MissingGradient);
        yield return Of("no gradient of the input", new() { Input = _ => null }, Cause.MissingGradient);
    }

    private static IEnumerable<Fault> Reductions()
    {
        yield return Of("sums over the batch only, images", new() { SumsOverBatchOnly = true }, [Cause.WrongReduction], Image);
        yield return Of("divided by N, not by N·H·W, images", new() { MeanFactor = 4, VarianceFactor = 4 }, [Cause.MeanTerm, Cause.VarianceTerm, Cause.WrongReduction], Image);
        yield return Of("mean term over all channels", new() { MeanOverEverything = true }, Cause.WrongReduction, Cause.MeanTerm);
        yield return Of("β's gradient from the first pixel, images", new() { Bias = terms => terms.Gradient[.., .., 0, 0].sum([0]) }, [Cause.WrongReduction], Image);
        yield return Of("γ's gradient from the first example, images", new() { Weight = terms => (terms.Gradient * terms.Normalized)[0].sum([1, 2]) }, [Cause.WrongReduction], Image);
        yield return Of("β's gradient without the last example", new() { Bias = terms => terms.Gradient[..(Count - 1)].sum([0]) }, Cause.WrongReduction, Cause.SingleEntry);
        yield return Of("β's gradient over all channels", new() { Bias = terms => terms.Gradient.sum().expand(3) }, Cause.WrongReduction);
    }

    private static IEnumerable<Fault> Cotangents()
    {
        yield return Of("incoming gradient ignored", new() { Cotangent = gradient => ones_like(gradient) }, Cause.CotangentIgnored);
        yield return Of("incoming gradient ignored, images", new() { Cotangent = gradient => ones_like(gradient) }, [Cause.CotangentIgnored], Image);
        yield return Of("only the sign of the incoming gradient", new() { Cotangent = gradient => gradient.sign() }, Cause.CotangentIgnored);
        yield return Of("incoming gradient clipped", new() { Cotangent = gradient => gradient.clamp(-0.25, 0.25) }, Cause.CotangentIgnored);
        yield return Of("backward in float32", new() { Input = gradient => gradient.to_type(float32).to_type(float64) }, Cause.Precision);
    }

    private static Tensor OfOutput(BatchNormRule.Terms terms) =>
        terms.Sum(terms.Gradient * (terms.Normalized * terms.Along(terms.Gamma) + terms.Along(terms.Beta))); // (C)

    private static Tensor Small() => Sample.Normal(1, Count, 3);

    private static Tensor Image() => Sample.Normal(2, 3, 3, 2, 2);

    private static GradientFault Of(string name, BatchNormRule rule, params Cause[] expected) => Of(name, rule, expected, Small);

    private static GradientFault Of(string name, BatchNormRule rule, Cause[] expected, Func<Tensor>? input = null, Func<Tensor[]>? parameters = null, bool hidden = false)
    {
        return new GradientFault(name, Family, Make, expected) { Hidden = hidden };

        Subject Make()
        {
            var values = parameters?.Invoke() ?? [Sample.Apart(8, 3), Sample.Normal(9, 3)]; // γ (C), β (C)
            return new Subject(new RuleModule("BatchNorm", ((Rule)rule).Apply, ("weight", values[0]), ("bias", values[1])), (input ?? Small)());
        }
    }
}
