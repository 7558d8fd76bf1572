namespace TorchRef.Experiments.Data;

/// <summary>Where <see cref="DigitData.LoadOrSynthesize"/> looks, and what it draws when it finds nothing.</summary>
public sealed record DigitDataOptions
{
    /// <summary>How many images to train with are drawn when there is no MNIST; at least 1, 10,000 by default.</summary>
    public int SyntheticTrainCount { get; init; } = 10_000;

    /// <summary>How many images to test with are drawn when there is no MNIST; at least 1, 10,000 by default.</summary>
    public int SyntheticTestCount { get; init; } = 10_000;

    /// <summary>Seed of <see cref="SyntheticDigits"/>; 0 by default.</summary>
    public ulong SyntheticSeed { get; init; }

    /// <summary>Where <see cref="Mnist.Find"/> starts; null, the default, is the current directory.</summary>
    public string? StartDirectory { get; init; }

    /// <summary>How an environment variable is read, null when it isn't set; the process's environment by default.</summary>
    public Func<string, string?> ReadEnvironment { get; init; } = Environment.GetEnvironmentVariable;
}
