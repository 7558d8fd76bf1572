namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>Keeps the states of trainings by name.</summary>
public interface ICheckpoints
{
    /// <summary>What was written last under a name; null if nothing was.</summary>
    /// <param name="name">Letters, digits, hyphens.</param>
    byte[]? Read(string name);

    /// <summary>Keeps a state in the place of the last one; whoever reads at any moment gets either, whole.</summary>
    /// <param name="name">Letters, digits, hyphens.</param>
    /// <param name="state">The bytes.</param>
    void Write(string name, byte[] state);
}
