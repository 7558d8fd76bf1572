using TorchRef.Checks.Parity;
using TorchRef.Checks.Reporting;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>What <see cref="ModuleParity"/> found.</summary>
public sealed class ModuleParityReport : CheckReport
{
    /// <summary>Each quantity in each element type, where it was worst.</summary>
    public required IReadOnlyList<ParityEntry> Entries { get; init; }

    /// <summary>Where the two first differ; null where they don't, or where it isn't numbers that differ.</summary>
    public required Divergence? FirstDivergence { get; init; }

    /// <summary>Broken contracts and remarks: exceptions, state dicts, inputs changed in place.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What this check can't see, each in a sentence.</summary>
    public required IReadOnlyList<string> BlindSpots { get; init; }

    /// <summary>What was varied because the given batches hide mistakes, each in a sentence.</summary>
    public required IReadOnlyList<string> Variations { get; init; }

    /// <summary>The errors planted to see that they are caught, one for each quantity.</summary>
    public required IReadOnlyList<PlantedFault> Planted { get; init; }

    /// <summary>Distances between candidate and reference in units in the last place, by element type.</summary>
    public required IReadOnlyDictionary<ScalarType, UlpHistogram> Ulps { get; init; }

    /// <summary>The phases that both went through, in order.</summary>
    public required IReadOnlyList<string> Phases { get; init; }

    /// <summary>How often one of the modules ran.</summary>
    public required long Evaluations { get; init; }

    /// <summary>How it was asked for.</summary>
    public required ModuleParityOptions Options { get; init; }

    /// <inheritdoc/>
    public override string ToJson() => ParityJson.Write(this);

    internal override ReportDocument ToDocument() => ParityDocument.Of(this);
}
