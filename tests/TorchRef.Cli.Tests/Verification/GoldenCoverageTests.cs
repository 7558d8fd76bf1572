using TorchRef.Cli.Verification;
using TorchRef.Cli.Verification.Golden;
using TorchRef.Layers;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>What is compared with the numbers of Python's PyTorch: all that has a counterpart there.</summary>
public sealed class GoldenCoverageTests
{
    /// <summary>What PyTorch has nothing to compare with.</summary>
    private static readonly string[] s_without = ["InputStandardization", "Whitening"];

    /// <summary>What isn't a class of its own, or a static one.</summary>
    private static readonly string[] s_rules = ["BatchNormFolding", "Initializers", "MonteCarlo", "weight decay"];

    private static readonly Lazy<IReadOnlyList<ModuleRow>> s_rows = new(() =>
    {
        var recorder = new ComparisonRecorder("golden", CancellationToken.None);
        GoldenCases.Run(recorder, Candidates.Own);
        return [.. ModuleRow.Of(recorder.Comparisons)];
    });

    [Fact]
    public void Every_module_and_optimiser_with_a_counterpart_is_compared()
    {
        var compared = s_rows.Value.Where(row => row.Golden is not null).Select(row => row.Module).ToHashSet();
        var own = typeof(Affine).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(nn.Module)) || type.IsSubclassOf(typeof(Optimizer))))
            .Select(type => type.Name).Except(s_without).ToList();

        Assert.True(own.Count > 30, string.Join(", ", own));
        Assert.Empty(own.Concat(s_rules).Except(compared));
    }

    [Fact]
    public void Both_types_are_compared_and_all_agree() => Assert.All(s_rows.Value, row =>
    {
        Assert.Equal(0, row.Disagreements);
        if (row.Module != "conventions") Assert.NotNull(row.Float32); // the worked example is in float64
    });
}
