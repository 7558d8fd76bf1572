namespace TorchRef.Experiments.Search.Studies;

/// <summary>The distribution that a study has for each parameter, those included that a batch is about to bring.</summary>
/// <param name="stored">What the storage has for a name.</param>
internal sealed class StudyDistributions(Func<string, Distribution?> stored)
{
    private readonly Dictionary<string, Distribution> _known = new(StringComparer.Ordinal);

    /// <summary>The distribution that others of the name are compared with: this one, when it is the first.</summary>
    public Distribution First(string name, Distribution distribution)
    {
        if (!_known.TryGetValue(name, out Distribution? first)) _known[name] = first = stored(name) ?? distribution;
        return first;
    }
}
