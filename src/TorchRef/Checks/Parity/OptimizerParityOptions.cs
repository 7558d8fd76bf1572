namespace TorchRef.Checks;

/// <summary>How two optimisers are compared; the defaults are meant to be right.</summary>
public sealed record OptimizerParityOptions
{
    /// <summary>The seed of parameters and gradients.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether both are also compared in float32. True by default.</summary>
    public bool Float32 { get; init; } = true;

    /// <summary>Whether what both remember by the same name must agree. True by default.</summary>
    public bool CompareState { get; init; } = true;

    /// <summary>An error of this size, relative to a parameter's largest value, must be seen. 1e-9 by default.</summary>
    public double RequiredPower { get; init; } = 1e-9;

    /// <summary>The name of what is compared, for the report.</summary>
    public string? Subject { get; init; }
}
