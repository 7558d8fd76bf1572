namespace TorchRef.Experiments.Running;

/// <summary>The parts of a <see cref="RunRequest"/> that an experiment may or may not depend on.</summary>
[Flags]
public enum RequestParts
{
    /// <summary>It computes the same whatever is asked.</summary>
    None = 0,

    /// <summary><see cref="RunRequest.Seed"/> and <see cref="RunRequest.Seeds"/>: it draws random numbers.</summary>
    Seeds = 1,

    /// <summary><see cref="RunRequest.Epochs"/>: it trains.</summary>
    Epochs = 2,

    /// <summary><see cref="RunRequest.Device"/>: it computes enough for a GPU to matter.</summary>
    Device = 4,

    /// <summary><see cref="RunRequest.Digits"/>: it looks at images.</summary>
    Digits = 8,
}
