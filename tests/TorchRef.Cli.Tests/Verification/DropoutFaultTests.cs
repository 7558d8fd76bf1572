using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Dropout;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>Faults that are planted in dropouts on purpose: the verification must find each of them.</summary>
public sealed class DropoutFaultTests
{
    [Fact]
    public void NothingIsFoundWithoutAFault() =>
        Assert.All(Compare("Dropout2d float64", DropoutVariants.Make), comparison => Assert.True(comparison.Agrees, comparison.ToString()));

    [Fact]
    public void FindsElementsDroppedInPlaceOfChannels() =>
        Assert.Contains("output", Faults("Dropout2d float64 train", s => new Dropout.Dropout(s.P, s.Inplace)));

    [Fact]
    public void FindsAMissingScale() =>
        Assert.Contains("output", Faults("Dropout1d float64 train", s => new Changed(DropoutVariants.Make(s), output => output * (1 - s.P))));

    [Fact]
    public void FindsARandomNumberTooMany()
    {
        var faults = Faults("AlphaDropout float64 train", s => new Changed(DropoutVariants.Make(s), output =>
        {
            rand([1]).Dispose();
            return output.alias();
        }));
        Assert.Equal(["random numbers afterwards"], faults);
    }

    [Fact]
    public void FindsDroppingInEvaluation() =>
        Assert.Contains("output", Faults("Dropout3d float64 eval", s => new Deaf(DropoutVariants.Make(s))));

    [Fact]
    public void FindsAnInputThatInPlaceLeavesAlone() =>
        Assert.Equal(["input afterwards"], Faults("Dropout float64 train", s => DropoutVariants.Make(s with { Inplace = false })));

    [Fact]
    public void FindsPlainDropoutOfSelus() =>
        Assert.Contains("output", Faults("FeatureAlphaDropout float64 train", s => new Dropout2d(s.P, s.Inplace)));

    [Fact]
    public void GoldenFilesFindAWrongNameAndAMissingCheck()
    {
        var recorder = new ComparisonRecorder("Dropout1d", CancellationToken.None);
        GoldenDropout.Run(recorder, Candidates.Own with { DropoutVariant = s => new Dropout2d(s.P) });
        Assert.Equal(["error text", "printed form"], recorder.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.What).Distinct().Order());
    }

    private static IEnumerable<string> Faults(string filter, Func<DropoutSettings, nn.Module<Tensor, Tensor>> make) =>
        Compare(filter, make).Where(comparison => !comparison.Agrees).Select(comparison => comparison.What).Distinct();

    private static IReadOnlyList<Comparison> Compare(string filter, Func<DropoutSettings, nn.Module<Tensor, Tensor>> make)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        DropoutVariantCases.Run(recorder, Candidates.Own with { DropoutVariant = make }, seed: 1);
        Assert.NotEmpty(recorder.Comparisons);
        return recorder.Comparisons;
    }

    /// <summary>A module whose output is changed in training.</summary>
    private sealed class Changed : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> inner;
        private readonly Func<Tensor, Tensor> _change;

        public Changed(nn.Module<Tensor, Tensor> inner, Func<Tensor, Tensor> change)
            : base(nameof(Changed))
        {
            (this.inner, _change) = (inner, change);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => training ? _change(inner.call(input)) : inner.call(input);
    }

    /// <summary>A module that isn't told of evaluation.</summary>
    private sealed class Deaf(nn.Module<Tensor, Tensor> module) : nn.Module<Tensor, Tensor>(nameof(Deaf))
    {
        public override Tensor forward(Tensor input) => module.call(input);
    }
}
