namespace TorchRef.Experiments.Training;

/// <summary>What the updates of a block's parameters depend on.</summary>
/// <param name="Rates">η of each replica.</param>
/// <param name="Decays">λ of each replica.</param>
/// <param name="Fused">Whether gradients are taken off the parameters as they come, multiplied by η from the loss on.</param>
internal sealed record UpdatePlan(IReadOnlyList<double> Rates, IReadOnlyList<double> Decays, bool Fused);
