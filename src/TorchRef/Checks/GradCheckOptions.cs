namespace TorchRef.Checks;

/// <summary>How a gradient is checked; the defaults are meant to be right.</summary>
public sealed record GradCheckOptions
{
    /// <summary>Every entry of the Jacobian (the default), or random projections.</summary>
    public GradCheckMode Mode { get; init; } = GradCheckMode.Full;

    /// <summary>1: the derivative (the default). 2: its derivative too, which needs a backward that can be differentiated.</summary>
    public int Order { get; init; } = 1;

    /// <summary>The seed of the random cotangents, directions and variations.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// The relative error that is put down to the engine's own derivatives and never called wrong. 1e-9 by default: digamma's
    /// derivative, for one, is off by 4e-10 in libtorch 1.13.
    /// </summary>
    public double RelativeFloor { get; init; } = 1e-9;

    /// <summary>An error of this size or less is excused, but never counts as proof. 0 by default.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>
    /// An error of this size, relative to the largest entry of its column, must be visible everywhere; where the error bars
    /// are wider the check is inconclusive. 1e-5 by default.
    /// </summary>
    public double RequiredPower { get; init; } = 1e-5;

    /// <summary>
    /// Whether points that hide mistakes (γ = 1 and β = 0, all gradients zero, as many rows as columns, a variance that
    /// hides ε) are left for others near by, in addition. True by default; what can't be varied is reported as a blind spot.
    /// </summary>
    public bool Vary { get; init; } = true;

    /// <summary>
    /// Inputs and parameters of lower precision: true (the default) converts them to float64 for the time of the check, and
    /// the report says so; false explains and gives the verdict Inconclusive.
    /// </summary>
    public bool PromoteToFloat64 { get; init; } = true;

    /// <summary>The most worst entries that the report keeps. 10 by default.</summary>
    public int WorstEntries { get; init; } = 10;

    /// <summary>Projections of the fast mode. 3 by default.</summary>
    public int Probes { get; init; } = 3;

    /// <summary>The name of what is checked, for the report.</summary>
    public string? Subject { get; init; }

    /// <summary>Names of the inputs, in order, for the report; "input 0" … where there are none.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>Told how much is done, as a share from 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the check; state is restored before the exception leaves.</summary>
    public CancellationToken Cancellation { get; init; }
}
