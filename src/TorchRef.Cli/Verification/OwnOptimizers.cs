using TorchRef.Optimization;
using TorchSharp.Modules;
using Adam = TorchRef.Optimization.Adam;
using AdamW = TorchRef.Optimization.AdamW;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Cli.Verification;

/// <summary>TorchRef's optimisers, chosen by their settings.</summary>
internal static class OwnOptimizers
{
    public static Optimizer Make(IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)> groups) => groups.Select(group => group.options).FirstOrDefault() switch
    {
        MomentumOptions => new Momentum(Typed<MomentumOptions>(groups)),
        NesterovOptions => new Nesterov(Typed<NesterovOptions>(groups)),
        AdaGradOptions => new AdaGrad(Typed<AdaGradOptions>(groups)),
        RMSpropOptions => new RMSprop(Typed<RMSpropOptions>(groups)),
        AdamWOptions => new AdamW(Typed<AdamWOptions>(groups)),
        AdamOptions => new Adam(Typed<AdamOptions>(groups)),
        _ => new SGD(Typed<SgdOptions>(groups)),
    };

    /// <summary>The optimiser's name as PyTorch writes it, or as the study notes do where it has none.</summary>
    public static string NameOf(GroupOptions options) => options switch
    {
        SgdOptions => "SGD",
        AdaGradOptions => "Adagrad",
        _ => options.GetType().Name[..^"Options".Length],
    };

    private static IEnumerable<(IEnumerable<Parameter> parameters, TOptions options)> Typed<TOptions>(IReadOnlyList<(IEnumerable<Parameter> parameters, GroupOptions options)> groups)
        where TOptions : GroupOptions => groups.Select(group => (group.parameters, (TOptions)group.options));
}
