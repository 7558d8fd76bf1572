using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Functions that aren't functions: they remember, they change what they are given, they look at who asks.</summary>
internal static class ContractFaults
{
    private const string Family = "contract";

    public static IEnumerable<Fault> All =>
    [
        Of("a hidden counter in forward", Counting, Cause.NotReplayable),
        Of("the previous input is mixed in", Remembering, Cause.NotReplayable),
        Of("a scale from System.Random", Scaling, Cause.NotReplayable),
        Of("a running mean kept in a field", RunningMean, Cause.NotReplayable, Cause.StateChanged),
        Of("input normalised in place", () => InPlace(x => x.sub_(x.mean())), Cause.InputChanged),
        Of("input clamped in place", () => InPlace(x => x.clamp_(-0.5, 0.5)), Cause.InputChanged),
        Of("one value of the input overwritten", () => InPlace(x => x[0, 0] = 0.5), Cause.InputChanged),
        Module("a parameter clamped by forward", parameter => parameter.clamp_(-0.5, 0.5), Cause.StateChanged),
        Module("a parameter moved by every forward", parameter => parameter.add_(0.01), Cause.StateChanged, Cause.NotReplayable),
        new GradientFault("forward leaves the module in eval mode", Family, () => new Subject(new Leaving(), Sample.Normal(101, 4, 3)), [Cause.StateChanged, Cause.NotReplayable]),
        Of("another formula where a gradient is asked for", () => x => x.requires_grad && is_grad_enabled() ? x * 0.5 * (1 + (x * 0.8).tanh()) : x * x.sigmoid(), Cause.GradModeDependent),
        Of("no noise without a graph", () => x => is_grad_enabled() ? x.exp() + randn_like(x) * 0.1 : x.exp(), Cause.GradModeDependent, Cause.NotReplayable),
        Rules("gradients added to a buffer and returned", Accumulating, Cause.Accumulates, Cause.BackwardNotDeterministic),
        Rules("noise in backward", () => (g, x) => g * x.cos() * (1 + randn_like(x) * 1e-4), Cause.BackwardNotDeterministic),
        Rules("noise of System.Random in backward", Noisy, Cause.BackwardNotDeterministic),
        Rules("only the first backward is right", FirstOnly, Cause.BackwardNotDeterministic, Cause.Accumulates),
        Rules("incoming gradient scaled in place", () => (g, x) => g.mul_(x.cos()), Cause.InputChanged, Cause.StateChanged, Cause.GradientChanged),
        Of("NaN behind a mask", () => x => where(x > 0, x.sqrt(), zeros_like(x)), Cause.NotFinite),
        Of("infinite slope times zero", () => x => (x - x).sqrt() + x, Cause.NotFinite),
        Rules("division by a difference that is 0", () => (g, x) => g * x.cos() * (x - x) / (x - x), Cause.NotFinite),
    ];

    private static Func<Tensor, Tensor> Counting()
    {
        var calls = 0;
        return x => x.sin() * (1 + 1e-3 * calls++);
    }

    private static Func<Tensor, Tensor> Remembering()
    {
        double[]? previous = null;
        return x =>
        {
            var output = previous is null ? x.sin() : x.sin() + tensor(previous, x.shape) * 0.1; // x's shape
            previous = [.. x.detach().contiguous().data<double>()];
            return output;
        };
    }

    private static Func<Tensor, Tensor> Scaling()
    {
        var random = new Random(5);
        return x => x * (1 + random.NextDouble());
    }

    private static Func<Tensor, Tensor> RunningMean()
    {
        var mean = 0.0;
        return x =>
        {
            mean = 0.9 * mean + 0.1 * x.mean().item<double>();
            return (x - mean).tanh();
        };
    }

    private static Func<Tensor, Tensor> InPlace(Action<Tensor> change) => x =>
    {
        using (no_grad()) change(x.detach());
        return x.square();
    };

    private static Func<Tensor, Tensor, Tensor?> Accumulating()
    {
        double[]? sum = null;
        return (g, x) =>
        {
            var gradient = g * x.cos();                         // x's shape
            if (sum is not null) gradient = gradient + tensor(sum, x.shape);
            sum = [.. gradient.detach().contiguous().data<double>()];
            return gradient;
        };
    }

    private static Func<Tensor, Tensor, Tensor?> Noisy()
    {
        var random = new Random(7);
        return (g, x) => g * x.cos() * (1 + random.NextDouble() * 1e-4);
    }

    private static Func<Tensor, Tensor, Tensor?> FirstOnly()
    {
        var calls = 0;
        return (g, x) => g * x.cos() / ++calls;
    }

    private static GradientFault Of(string name, Func<Func<Tensor, Tensor>> make, params Cause[] expected)
    {
        return new GradientFault(name, Family, Make, expected);

        Subject Make()
        {
            var function = make();
            return Subject.Of(x => function(x[0]), Sample.Normal(102, 4, 3));
        }
    }

    private static GradientFault Rules(string name, Func<Func<Tensor, Tensor, Tensor?>> make, params Cause[] expected) =>
        new(name, Family, () => Subject.Of(Rule.Of(x => x.sin(), make()), Sample.Normal(103, 4, 3)), expected);

    private static GradientFault Module(string name, Action<Tensor> change, params Cause[] expected)
    {
        return new GradientFault(name, Family, () => new Subject(new RuleModule("Scale", Forward, ("weight", Sample.Normal(104, 3))), Sample.Normal(105, 4, 3)), expected);

        Tensor Forward(Tensor[] x)
        {
            using (no_grad()) change(x[1]);
            return x[0] * x[1].detach().clone() + x[1] * 0.3;
        }
    }

    /// <summary>Switches to eval mode and forgets to switch back.</summary>
    private sealed class Leaving() : nn.Module<Tensor, Tensor>(nameof(Leaving))
    {
        public override Tensor forward(Tensor input)
        {
            var output = training ? input.sin() : input;        // the input's shape
            eval();
            return output.alias();
        }
    }
}
