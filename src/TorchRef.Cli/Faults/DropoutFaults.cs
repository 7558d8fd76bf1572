using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>Mistakes in the backward of dropout, and masks that nobody can draw again.</summary>
internal static class DropoutFaults
{
    private const double P = 0.3;

    public static IEnumerable<Fault> All =>
    [
        Of("new mask in backward", Kept, (g, _) => g * Kept(g), Cause.MaskNotReused, Cause.BackwardNotDeterministic),
        Of("another mask saved for backward", Kept, (g, noise) => g * noise.flip(0), Cause.MaskNotReused),
        Of("mask forgotten in backward", Kept, (g, _) => g / (1 - P), Cause.MaskNotReused),
        Of("kept and dropped exchanged in backward", Kept, (g, noise) => g * (1 - noise * (1 - P)) / (1 - P), Cause.MaskNotReused),
        Of("scale missing in backward", Kept, (g, noise) => g * noise * (1 - P), Cause.ConstantFactor, Cause.DropoutScale),
        Of("scale applied twice in backward", Kept, (g, noise) => g * noise / (1 - P), Cause.ConstantFactor, Cause.DropoutScale),
        Of("scaled by 1/p in backward", Kept, (g, noise) => g * noise * (1 - P) / P, Cause.ConstantFactor, Cause.DropoutScale),
        Of("scaled by p in backward", Kept, (g, noise) => g * noise * (1 - P) * P, Cause.ConstantFactor, Cause.DropoutScale),
        Of("incoming gradient ignored", Kept, (_, noise) => noise, Cause.CotangentIgnored),
        Of("no gradient", Kept, (_, _) => null, Cause.MissingGradient),
        Of("channels: a mask of elements in backward", Channels, (g, noise) => g * noise * Kept(g), Cause.MaskNotReused, Cause.BackwardNotDeterministic),
        Of("channels: scale missing in backward", Channels, (g, noise) => g * noise * (1 - P), Cause.ConstantFactor, Cause.DropoutScale),
        Of("channels: another example's mask", Channels, (g, noise) => g * noise.roll(1, 0), Cause.MaskNotReused),
        Of("Gaussian noise: drawn anew in backward", x => randn_like(x) * 0.5 + 1, (g, noise) => g * (randn_like(noise) * 0.5 + 1), Cause.MaskNotReused, Cause.BackwardNotDeterministic),
        Alpha("alpha: factor missing in backward", 1, 0),
        Contract("mask from System.Random", OfSystemRandom, Cause.NotReplayable),
        Contract("mask of the call's number", OfCounter, Cause.NotReplayable),
        Contract("input changed in place", InPlace, Cause.InputChanged),
    ];

    /// <summary>1/(1 − p) where something is kept, 0 elsewhere.</summary>
    private static Tensor Kept(Tensor like) => empty_like(like).bernoulli_(1 - P) / (1 - P);

    private static Tensor Channels(Tensor like) => empty([like.shape[0], like.shape[1], 1], float64).bernoulli_(1 - P) / (1 - P); // [N, C, 1]

    private static GradientFault Of(string name, Func<Tensor, Tensor> draw, Func<Tensor, Tensor, Tensor?> backward, params Cause[] expected)
    {
        var rule = new Rule(x => x[0] * x[1], (gradient, saved) => [backward(gradient, saved[1]), null]);
        return Contract(name, () => x => rule.Apply(x, draw(x)), expected);
    }

    /// <summary>y = a·(kept x, else α′) + b, whose gradient is a where x is kept.</summary>
    private static GradientFault Alpha(string name, double backwardScale, double backwardShift)
    {
        const double alpha = -1.7580993408473766;
        var scale = 1 / Math.Sqrt((1 - P) * (1 + P * alpha * alpha));
        var rule = new Rule(x => (x[0] * x[1] + (1 - x[1]) * alpha) * scale - scale * alpha * P, (g, saved) => [g * saved[1] * backwardScale + backwardShift, null]);
        return Contract(name, () => x => rule.Apply(x, empty_like(x).bernoulli_(1 - P)), Cause.ConstantFactor);
    }

    /// <summary>The function is made anew for each check: it may keep something.</summary>
    private static GradientFault Contract(string name, Func<Func<Tensor, Tensor>> make, params Cause[] expected) =>
        new(name, "dropout", () => OfModule(make()), expected);

    private static Subject OfModule(Func<Tensor, Tensor> function) => new(new RuleModule("Dropout", x => function(x[0])), Sample.Apart(81, 4, 3, 2));

    private static Func<Tensor, Tensor> OfSystemRandom()
    {
        var random = new Random(1);
        return x => x * Mask(x, _ => random.NextDouble() < P);
    }

    private static Func<Tensor, Tensor> OfCounter()
    {
        var calls = 0;
        return x =>
        {
            calls++;
            return x * Mask(x, i => (i + calls) % 5 == 0);
        };
    }

    private static Func<Tensor, Tensor> InPlace() => x =>
    {
        x.detach().mul_(Kept(x));
        return x * 1;
    };

    private static Tensor Mask(Tensor like, Func<int, bool> drops) =>
        tensor(Enumerable.Range(0, (int)like.numel()).Select(i => drops(i) ? 0 : 1 / (1 - P)).ToArray(), like.shape);
}
