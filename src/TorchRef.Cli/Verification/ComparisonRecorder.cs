using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Collects comparisons. Cases that the filter leaves out aren't run; a stop is answered between two cases.</summary>
internal sealed class ComparisonRecorder(string? filter, CancellationToken stop)
{
    private readonly List<Comparison> _comparisons = [];
    private readonly List<string> _remarks = [];

    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    /// <summary>Names of the cases that the filter left out.</summary>
    public HashSet<string> LeftOut { get; } = [];

    /// <summary>Runs a case, in a dispose scope of its own, unless the filter leaves it out.</summary>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public void Run(string name, string reference, string variant, Action<CaseRecorder> body)
    {
        stop.ThrowIfCancellationRequested();
        if (filter is not null && !$"{name} {reference} {variant}".Contains(filter, StringComparison.OrdinalIgnoreCase))
        {
            LeftOut.Add(name);
            return;
        }
        using var scope = NewDisposeScope();
        body(new CaseRecorder(this, name, reference, variant));
    }

    /// <summary>What is to be known beside the comparisons, each once.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    private void Add(Comparison comparison) => _comparisons.Add(comparison);

    /// <summary>Adds comparisons to one case.</summary>
    internal sealed class CaseRecorder(ComparisonRecorder owner, string name, string reference, string variant)
    {
        /// <summary>The same case, further on: in another mode, say.</summary>
        public CaseRecorder In(string mode) => new(owner, $"{name} {mode}", reference, variant);

        /// <summary>Says something that is no disagreement.</summary>
        public void Remark(string text)
        {
            var remark = $"{name}: {text}";
            if (!owner._remarks.Contains(remark)) owner._remarks.Add(remark);
        }

        /// <summary>Compares two tensors; that both are absent agrees, that one is doesn't.</summary>
        /// <param name="what">What they are.</param>
        /// <param name="actual">The tensor under test.</param>
        /// <param name="expected">What it should be.</param>
        /// <param name="tolerance">The largest difference that agrees, relative to the largest magnitude.</param>
        /// <param name="magnitude">The largest of the terms that cancel in it, where that is known to be larger.</param>
        public void Compare(string what, Tensor? actual, Tensor? expected, double tolerance, double magnitude = 0)
        {
            var error = actual is null || expected is null
                ? actual is null && expected is null ? 0 : double.PositiveInfinity
                : Difference.RelativeToLargest(actual, expected, magnitude);
            owner.Add(new Comparison(name, reference, variant, what, error, tolerance));
        }

        /// <summary>Compares two texts, letter by letter.</summary>
        public void Compare(string what, string actual, string expected) =>
            owner.Add(new Comparison(name, reference, actual == expected ? variant : $"{variant}: expected \"{expected}\" but got \"{actual}\"", what, actual == expected ? 0 : double.PositiveInfinity, Tolerances.Exact));
    }
}
