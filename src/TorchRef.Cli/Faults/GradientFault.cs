using TorchRef.Checks;

namespace TorchRef.Cli.Faults;

/// <summary>A mistake that <see cref="GradCheck"/> should find.</summary>
internal sealed record GradientFault(string Name, string Family, Func<Subject> Make, IReadOnlyList<Cause> Expected) : Fault(Name, Family, Expected)
{
    public override Tool Tool => Tool.GradCheck;

    /// <summary>2 where the first derivative is right.</summary>
    public int Order { get; init; } = 1;

    /// <summary>Whether the gradient happens to be right at the very point that is given, and wrong elsewhere.</summary>
    public bool Hidden { get; init; }

    public override CheckReport Check(long seed, CancellationToken stop = default)
    {
        using var subject = Make();
        return subject.Check(new GradCheckOptions { Order = Order, Seed = seed, Subject = ToString(), Cancellation = stop });
    }
}
