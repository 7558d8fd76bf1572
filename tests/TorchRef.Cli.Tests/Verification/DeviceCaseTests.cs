using TorchRef.Cli.Verification;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>The comparison of a device with the CPU. Here the CPU stands for the device; what may go wrong on one is planted.</summary>
public class DeviceCaseTests
{
    private const ulong Seed = 4;

    [Fact]
    public void A_device_that_computes_alike_agrees_and_leaves_nothing_to_remark()
    {
        var recorder = Verify(Candidates.Own);
        Assert.True(recorder.Comparisons.Count > 150, $"{recorder.Comparisons.Count} comparisons");
        Assert.DoesNotContain(recorder.Comparisons, comparison => !comparison.Agrees);
        Assert.Empty(recorder.Remarks);
    }

    [Fact]
    public void A_module_that_computes_otherwise_there_is_found()
    {
        var made = 0;
        var recorder = Verify(Candidates.Own with { LayerNorm = (s, dtype) => Candidates.Own.LayerNorm(made++ % 3 == 0 ? s : s with { Eps = s.Eps * 2 }, dtype) }, "LayerNorm");
        Assert.Contains(recorder.Comparisons, comparison => !comparison.Agrees && comparison.What == "output");
    }

    [Fact]
    public void Bits_that_change_from_run_to_run_are_remarked_but_agree()
    {
        var made = 0;
        var recorder = Verify(Candidates.Own with { LayerNorm = (s, dtype) => Candidates.Own.LayerNorm(s with { Eps = s.Eps * (1 + 1e-10 * made++) }, dtype) }, "LayerNorm float64");
        Assert.DoesNotContain(recorder.Comparisons, comparison => !comparison.Agrees);
        Assert.Contains("LayerNorm float64: output isn't deterministic on cpu", recorder.Remarks);
    }

    [Fact]
    public void Dropout_that_ignores_the_seed_or_scales_otherwise_is_found()
    {
        Assert.Contains(Verify(Candidates.Own with { DropoutVariant = s => new Unseeded(DropoutVariants.Make(s)) }, "AlphaDropout").Comparisons, comparison => !comparison.Agrees && comparison.What.Contains("same seed", StringComparison.Ordinal));
        Assert.Contains(Verify(Candidates.Own with { DropoutVariant = s => DropoutVariants.Make(s with { P = s.P + 0.1 }) }, "Dropout2d").Comparisons, comparison => !comparison.Agrees && comparison.What == "output");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Dropout_of_a_copy_in_place_draws_what_torch_nn_draws(double p)
    {
        using var scope = NewDisposeScope();
        using var plain = nn.Dropout(p);
        using var copied = ReferenceDropout.InPlaceOnCopy(p);
        var input = rand([50, 4], float64);                     // [50, 4]
        var kept = input.clone();                               // [50, 4]
        manual_seed((long)Seed);
        var expected = plain.call(input);                       // [50, 4]
        manual_seed((long)Seed);
        Assert.True(copied.call(input).equal(expected).all().item<bool>());
        Assert.True(input.equal(kept).all().item<bool>());
    }

    private static ComparisonRecorder Verify(Candidates candidates, string? filter = null)
    {
        var recorder = new ComparisonRecorder(filter, CancellationToken.None);
        DeviceCases.Run(recorder, candidates, CPU, Seed);
        return recorder;
    }

    /// <summary>Draws a number first, so that a seed given twice finds another stream.</summary>
    private sealed class Unseeded(nn.Module<Tensor, Tensor> inner) : nn.Module<Tensor, Tensor>(nameof(Unseeded))
    {
        private int _calls;

        public override Tensor forward(Tensor input)
        {
            rand([++_calls]).Dispose();                         // [calls]
            return inner.call(input);                           // the input's shape
        }
    }
}
