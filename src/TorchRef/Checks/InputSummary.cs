namespace TorchRef.Checks;

/// <summary>How the derivatives by one input or parameter fared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Verdict">The verdict over its entries.</param>
/// <param name="Entries">How many entries of the Jacobian were compared.</param>
/// <param name="Wrong">How many of them are wrong.</param>
/// <param name="Excused">How many are excused by the absolute tolerance.</param>
/// <param name="Kinks">How many are at a kink.</param>
/// <param name="Unseen">How many have bars too wide to tell.</param>
/// <param name="WorstRatio">The largest error in units of what was allowed for it; more than 1 is wrong.</param>
/// <param name="LargestGradient">The largest magnitude of its numerical derivatives.</param>
public sealed record InputSummary(
    string Name, IReadOnlyList<long> Shape, Verdict Verdict, long Entries, long Wrong, long Excused, long Kinks, long Unseen,
    double WorstRatio, double LargestGradient);
