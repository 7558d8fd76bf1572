using System.Text.RegularExpressions;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Sorts a module's parameters into those that weight decay is meant for and those that it isn't.</summary>
/// <remarks>
/// A weight that multiplies is meant; an offset or a scale isn't: shrinking γ and β undoes what they were learned for, and
/// shrinking a bias keeps a layer from moving its output. Left out are parameters called bias (bias_ih_l0, in_proj_bias and
/// the like too), parameters of at most one dimension, and all parameters of a normalisation: a module whose class, or a
/// class that it derives from, is called …Norm, …Norm1d, …Norm2d or …Norm3d, in torch.nn, in TorchRef or anywhere else.
/// </remarks>
public static partial class ParameterGroups
{
    /// <summary>Two groups, the second of which doesn't decay; one where the other would be empty.</summary>
    /// <param name="module">The module, with its children.</param>
    /// <param name="options">The settings, whose weight_decay is that of the first group.</param>
    /// <returns>Groups for an optimiser's constructor; the parameters of each in the module's order.</returns>
    public static IReadOnlyList<(IEnumerable<Parameter> parameters, TOptions options)> WithoutDecayForBiasesAndNorms<TOptions>(nn.Module module, TOptions options)
        where TOptions : GroupOptions
    {
        var (weights, exempt) = Split(module);
        var unchanging = (TOptions)((GroupOptions)options with { weight_decay = 0 });
        return [.. new[] { (weights, options), (exempt, unchanging) }.Where(group => group.Item1.Any())];
    }

    /// <summary>The parameters that weight decay is meant for, for <see cref="WeightDecay.L2Penalty"/>.</summary>
    public static IReadOnlyList<Parameter> Weights(nn.Module module) => [.. Split(module).weights];

    private static (IEnumerable<Parameter> weights, IEnumerable<Parameter> exempt) Split(nn.Module module)
    {
        var ofNorms = module.modules().Prepend(module).Where(IsNorm).SelectMany(norm => norm.parameters(recurse: false)).ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var named = module.named_parameters().ToList();
        // A parameter that two modules share counts once, and is left out if any of its names says so.
        var exempt = named.Where(pair => pair.parameter.dim() <= 1 || BiasName().IsMatch(pair.name) || ofNorms.Contains(pair.parameter))
            .Select(pair => pair.parameter).ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var all = named.Select(pair => pair.parameter).Distinct<Parameter>(ReferenceEqualityComparer.Instance).ToList();
        return (all.Where(parameter => !exempt.Contains(parameter)), all.Where(exempt.Contains));
    }

    private static bool IsNorm(nn.Module module)
    {
        for (var type = module.GetType(); type is not null; type = type.BaseType)
            if (NormName().IsMatch(type.Name)) return true;
        return false;
    }

    [GeneratedRegex(@"Norm([123]d)?$")]
    private static partial Regex NormName();

    [GeneratedRegex(@"(^|\.|_)bias(_[^.]*)?$")]
    private static partial Regex BiasName();
}
