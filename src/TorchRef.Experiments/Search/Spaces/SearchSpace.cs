using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Search.Spaces;

/// <summary>What a search looks through: learning rate, weight decay, width, hidden layers and batch size.</summary>
public sealed record SearchSpace
{
    /// <summary>η; 10^U(−6, −2) by default, as in the study notes.</summary>
    public SearchParameter LearningRate { get; init; } = new("lr", new FloatDistribution(1e-6, 1e-2, log: true));

    /// <summary>λ of ½λΣW²; 10^U(−8, −4) by default, as in the study notes.</summary>
    public SearchParameter WeightDecay { get; init; } = new("weight_decay", new FloatDistribution(1e-8, 1e-4, log: true));

    /// <summary>Units of a hidden layer; 100 by default.</summary>
    public SearchParameter Hidden { get; init; } = new("hidden", null, 100);

    /// <summary>Hidden layers; 6 by default.</summary>
    public SearchParameter Layers { get; init; } = new("layers", null, 6);

    /// <summary>Examples of a mini-batch; 100 by default.</summary>
    public SearchParameter Batch { get; init; } = new("batch", null, 100);

    /// <summary>All five.</summary>
    public IReadOnlyList<SearchParameter> All => [LearningRate, WeightDecay, Hidden, Layers, Batch];

    /// <summary>Those that are drawn.</summary>
    public IReadOnlyList<SearchParameter> Free => [.. All.Where(parameter => parameter.Distribution is not null)];

    /// <summary>The same parameters with other distributions, by name.</summary>
    public SearchSpace With(IReadOnlyDictionary<string, Distribution> distributions)
    {
        SearchParameter Change(SearchParameter parameter) => distributions.TryGetValue(parameter.Name, out var changed) ? parameter with { Distribution = changed } : parameter;
        return new() { LearningRate = Change(LearningRate), WeightDecay = Change(WeightDecay), Hidden = Change(Hidden), Layers = Change(Layers), Batch = Change(Batch) };
    }
}
