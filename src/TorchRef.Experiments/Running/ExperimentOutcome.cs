using TorchRef.Experiments.Charts;

namespace TorchRef.Experiments.Running;

/// <summary>What came out of an experiment.</summary>
public sealed record ExperimentOutcome
{
    /// <summary>What was found, in words, each with its verdict; in an interrupted run those that can be told.</summary>
    public required IReadOnlyList<ExperimentFinding> Findings { get; init; }

    /// <summary>The numbers behind the findings; the first table is the one that the terminal shows.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>The charts; none by default.</summary>
    public IReadOnlyList<NamedChart> Charts { get; init; } = [];

    /// <summary>The curve that the terminal shows; null, the default, for none.</summary>
    public LineChart? Curve { get; init; }

    /// <summary>What depends on the moment, such as times that were measured: shown and reported, but no part of results.json.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
