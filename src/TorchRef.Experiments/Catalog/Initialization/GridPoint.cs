namespace TorchRef.Experiments.Catalog.Initialization;

/// <summary>The last training accuracies at one learning rate and initial scale.</summary>
/// <param name="Rate">η.</param>
/// <param name="Deviation">The standard deviation of the initial weights.</param>
/// <param name="Plain">Of each seed, without batch normalisation; none before the first measurement.</param>
/// <param name="Normalized">The same with it.</param>
internal sealed record GridPoint(double Rate, double Deviation, IReadOnlyList<double> Plain, IReadOnlyList<double> Normalized);
