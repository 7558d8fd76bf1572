using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Running;

/// <summary>What an experiment does for one request.</summary>
/// <remarks>
/// Parts run in order and write what they find into <see cref="Records"/>; a part that was finished is never run again,
/// not even after a kill. <see cref="Conclude"/> alone makes something of the records: it computes no more than arithmetic, and
/// draws no random numbers, so that an interrupted run can be concluded as well as a whole one.
/// </remarks>
public sealed record ExperimentPlan
{
    /// <summary>All that decides the numbers, in the order in which reports list it.</summary>
    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>The parts, in order; their names are unique.</summary>
    public required IReadOnlyList<ExperimentPart> Parts { get; init; }

    /// <summary>What the records mean. Records of parts that didn't run are missing; it says what it can without them.</summary>
    public required Func<Records, ExperimentOutcome> Conclude { get; init; }

    /// <summary>The seeds in use; none where nothing is random.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>The images in use; null, the default, for none.</summary>
    public DigitData? Data { get; init; }
}
