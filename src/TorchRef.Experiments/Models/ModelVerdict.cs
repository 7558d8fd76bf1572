namespace TorchRef.Experiments.Models;

/// <summary>What came out when a model was measured again.</summary>
/// <param name="Card">What its card says.</param>
/// <param name="Train">What its .pth answers to the images that it was trained with.</param>
/// <param name="Test">What its .pth answers to the images that it never saw.</param>
/// <param name="Differences">Everything that isn't as the card says, a line each; none when all is.</param>
public sealed record ModelVerdict(ModelCard Card, ModelMeasurement Train, ModelMeasurement Test, IReadOnlyList<string> Differences)
{
    /// <summary>Whether all is as the card says.</summary>
    public bool Agrees => Differences.Count == 0;
}
