using TorchRef.Checks.Reporting;

namespace TorchRef.Checks;

/// <summary>What <see cref="GradCheck"/> found.</summary>
public sealed class GradCheckReport : CheckReport
{
    /// <summary>The worst entries, worst first: at most <see cref="GradCheckOptions.WorstEntries"/>.</summary>
    public required IReadOnlyList<GradCheckEntry> Entries { get; init; }

    /// <summary>How often the function was evaluated for its values.</summary>
    public required long Evaluations { get; init; }

    /// <summary>How often backward ran.</summary>
    public required long Backwards { get; init; }

    /// <summary>How many entries of the Jacobian were compared, over both orders and all variations.</summary>
    public required long Compared { get; init; }

    /// <summary>How each input and parameter fared.</summary>
    public required IReadOnlyList<InputSummary> Inputs { get; init; }

    /// <summary>Broken contracts and remarks.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What this check can't see, each in a sentence.</summary>
    public required IReadOnlyList<string> BlindSpots { get; init; }

    /// <summary>At which other points the check was repeated, because the given one hides mistakes, each in a sentence.</summary>
    public required IReadOnlyList<string> Variations { get; init; }

    /// <summary>The errors planted to see that they are caught, one for each comparison.</summary>
    public required IReadOnlyList<PlantedFault> Planted { get; init; }

    /// <summary>The smallest error of a single entry, relative to the largest entry of its column, that would surely have been caught.</summary>
    public required double Power { get; init; }

    /// <summary>The structure that was found and used, in words: "output [n, c] depends on input [·, c]".</summary>
    public required IReadOnlyList<string> Structure { get; init; }

    /// <summary>The shapes of the outputs, in order, with which the report names their entries; empty where there is none to name.</summary>
    public IReadOnlyList<IReadOnlyList<long>> OutputShapes { get; init; } = [];

    /// <summary>How it was asked for.</summary>
    public required GradCheckOptions Options { get; init; }

    /// <summary>The errors of each Jacobian that was compared whole because something is wrong in it, by each input.</summary>
    internal IReadOnlyList<ErrorMap> ErrorMaps { get; init; } = [];

    /// <inheritdoc/>
    public override string ToJson() => GradCheckJson.Write(this);

    internal override ReportDocument ToDocument() => GradCheckDocument.Of(this);
}
