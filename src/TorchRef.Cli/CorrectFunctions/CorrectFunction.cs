using TorchRef.Checks;
using TorchRef.Cli.Faults;
using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>A function whose gradient is right: to call it wrong is a false alarm.</summary>
/// <param name="Name">What it is, and where; no two of a family share it.</param>
/// <param name="Family">What kind of function it is.</param>
/// <param name="Make">Makes it and its inputs.</param>
internal sealed record CorrectFunction(string Name, string Family, Func<Subject> Make)
{
    public int Order { get; init; } = 1;

    /// <summary>Whether it is checked at a kink, so that "kink" is the right answer as "pass" is.</summary>
    public bool AtKink { get; init; }

    /// <summary>Why nothing can be said of it, where "inconclusive" is the right answer; null where it isn't.</summary>
    public string? Unjudgeable { get; init; }

    /// <summary>A function of one tensor.</summary>
    public static CorrectFunction Of(string family, string name, Func<Tensor, Tensor> function, Func<Tensor> input) =>
        new(name, family, () => new Subject(given => [function(given[0])], input()));

    /// <summary>A function of several tensors.</summary>
    public static CorrectFunction Of(string family, string name, Func<Tensor[], Tensor> function, params Func<Tensor>[] inputs) =>
        new(name, family, () => new Subject(given => [function(given)], [.. inputs.Select(input => input())]));

    /// <summary>A module in float64, in training mode.</summary>
    public static CorrectFunction Of(string family, string name, Func<nn.Module<Tensor, Tensor>> module, Func<Tensor> input) =>
        new(name, family, () => new Subject(module(), input()));

    /// <summary>The same, checked to the second derivative.</summary>
    public CorrectFunction Twice() => this with { Name = $"{Name}, second order", Order = 2 };

    public GradCheckReport Check(long seed, CancellationToken stop = default)
    {
        using var scope = NewDisposeScope();
        // A module draws its parameters when it is made.
        manual_seed(seed);
        using var subject = Make();
        return subject.Check(new GradCheckOptions { Order = Order, Seed = seed, Subject = ToString(), Cancellation = stop });
    }

    /// <summary>Whether the verdict is one that this function deserves.</summary>
    public bool Deserves(Verdict verdict) => verdict switch
    {
        Verdict.Pass => true,
        Verdict.Kink => AtKink,
        Verdict.Inconclusive => Unjudgeable is not null,
        _ => false,
    };

    public override string ToString() => $"{Family}: {Name}";
}
