using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>One step that both took from the same state, for a diagnosis.</summary>
internal sealed record StepPair(StepTrace Candidate, StepTrace Reference, IReadOnlyDictionary<string, Allowance> Allowances, ScalarType Type)
{
    public ParityStep Step => Reference.Step;

    /// <summary>The names of what differs, in the order of computation.</summary>
    public IReadOnlyList<string> Differing => field ??= [.. FindDiffering()];

    public bool OutputDiffers => Differing.Contains(StepTrace.OutputName);

    public Tensor? Mine(string name) => Candidate.Quantities.FirstOrDefault(pair => pair.name == name).value;

    public Tensor? Theirs(string name) => Reference.Quantities.FirstOrDefault(pair => pair.name == name).value;

    private IEnumerable<string> FindDiffering()
    {
        var mine = Candidate.Quantities.ToDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal);
        foreach (var (name, theirs) in Reference.Quantities)
        {
            if (!mine.TryGetValue(name, out var actual) || (actual is null && (theirs is null || Candidate.Failure is not null))) continue;
            var (a, e) = (actual ?? zeros_like(theirs!), theirs ?? zeros_like(actual!)); // the quantity's shape
            if (!(Allowance.Difference(a, e).distance <= Allowances.GetValueOrDefault(name).In(Type))) yield return name;
        }
    }
}
