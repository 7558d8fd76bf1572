namespace TorchRef.Experiments.Running;

/// <summary>A piece of an experiment that is done as a whole, such as all there is for one seed.</summary>
/// <param name="Name">What it is, for the progress display; unique within its experiment.</param>
/// <param name="Run">
/// Does it. The numbers depend on the settings and on what is saved in the context alone: not on other parts, on the global
/// random numbers, or on the clock.
/// </param>
public sealed record ExperimentPart(string Name, Action<PartContext> Run);
