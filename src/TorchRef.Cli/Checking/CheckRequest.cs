using TorchRef.Checks;

namespace TorchRef.Cli.Checking;

/// <summary>What the command line asked for, as the checking process is told it.</summary>
internal sealed record CheckRequest
{
    public required string Assembly { get; init; }

    /// <summary>The module's type; else <see cref="Function"/> has a method.</summary>
    public string? Type { get; init; }

    public string? Function { get; init; }

    /// <summary>Arguments of the constructor, or of the function after its tensors.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Shapes and settings of the inputs, as <see cref="InputSpec"/> reads them.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    public string? Reference { get; init; }

    /// <summary>Arguments of the reference; the module's own where none are given.</summary>
    public IReadOnlyList<string>? ReferenceArguments { get; init; }

    public GradCheckMode Mode { get; init; }

    public int Order { get; init; } = 1;

    public long Seed { get; init; } = 1;

    /// <summary>Whether the inputs are complex.</summary>
    public bool Complex { get; init; }

    public bool Eval { get; init; }

    public string Device { get; init; } = "cpu";
}
