using static TorchSharp.torch;

namespace TorchRef.Cli.Ledger;

internal static class DropoutProbes
{
    public static IEnumerable<Probe> All =>
    [
        new("Dropout(1.5): when p is refused", "throws: dropout probability has to be between 0 and 1, but got 1.5",
            () => Made(nn.Dropout(1.5)), () => Made(new Dropout.Dropout(1.5))),
        new("AlphaDropout: its name", "AlphaDropout", () => nn.AlphaDropout().GetName()),
    ];

    private static string Made(nn.Module module)
    {
        module.Dispose();
        return "not in the constructor";
    }
}
