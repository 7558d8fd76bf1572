using static TorchSharp.torch;

namespace TorchRef.Cli.Ledger;

internal static class DropoutProbes
{
    public static IEnumerable<Probe> All =>
    [
        new("Dropout(1.5): when p is refused", "throws: dropout probability has to be between 0 and 1, but got 1.5",
            () => Made(nn.Dropout(1.5)), () => Made(new Dropout.Dropout(1.5))),
        new("AlphaDropout: its name", "AlphaDropout", () => nn.AlphaDropout().GetName(), () => new Dropout.AlphaDropout().GetName()),
        new("Dropout2d of (3, 4) from one seed: the mask is that of feature_dropout", "yes", () => Unbatched(nn.Dropout2d()), () => Unbatched(new Dropout.Dropout2d())),
    ];

    /// <summary>Input of two dimensions is (N, C) to PyTorch's functional: an element is a channel, and each is dropped by itself.</summary>
    private static string Unbatched(nn.Module<Tensor, Tensor> module)
    {
        manual_seed(1);
        var output = module.call(ones(3, 4));                   // [3, 4]
        manual_seed(1);
        return output.Equals(empty(3, 4).bernoulli_(0.5) * 2) ? "yes" : "no";
    }

    private static string Made(nn.Module module)
    {
        module.Dispose();
        return "not in the constructor";
    }
}
