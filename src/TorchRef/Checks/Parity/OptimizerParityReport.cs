using TorchRef.Checks.Parity;
using TorchRef.Checks.Reporting;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>What <see cref="OptimizerParity"/> found.</summary>
public sealed class OptimizerParityReport : CheckReport
{
    /// <summary>Each parameter in each element type, where it was worst.</summary>
    public required IReadOnlyList<ParityEntry> Entries { get; init; }

    /// <summary>Where the two first differ; null where they don't.</summary>
    public required Divergence? FirstDivergence { get; init; }

    /// <summary>Broken contracts and remarks: exceptions, gradients changed, parameters without a gradient moved.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What this check can't see, each in a sentence.</summary>
    public required IReadOnlyList<string> BlindSpots { get; init; }

    /// <summary>The errors planted to see that they are caught, one for each parameter.</summary>
    public required IReadOnlyList<PlantedFault> Planted { get; init; }

    /// <summary>Distances between candidate and reference in units in the last place, by element type.</summary>
    public required IReadOnlyDictionary<ScalarType, UlpHistogram> Ulps { get; init; }

    /// <summary>How many steps were taken on each problem.</summary>
    public required int Steps { get; init; }

    /// <summary>How many steps both optimisers took in all, those for the diagnosis included.</summary>
    public required long Evaluations { get; init; }

    /// <summary>How it was asked for.</summary>
    public required OptimizerParityOptions Options { get; init; }

    /// <inheritdoc/>
    public override string ToJson() => ParityJson.Write(this);

    internal override ReportDocument ToDocument() => OptimizerDocument.Of(this);
}
