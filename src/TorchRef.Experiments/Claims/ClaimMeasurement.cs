using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;
using TorchRef.Experiments.Search;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>What a claim is measured with, and where the evidence goes.</summary>
internal sealed class ClaimMeasurement(ClaimAudit audit)
{
    private readonly List<ClaimEvidence> _evidence = [];
    private readonly List<string> _missing = [];

    public IReadOnlyList<ClaimEvidence> Evidence => _evidence;

    public IReadOnlyList<string> Missing => _missing;

    public ulong Seed => audit.Request.Seed;

    /// <summary>Whether less is enough.</summary>
    public bool Quick => audit.Request.Quick;

    public DigitData Digits => audit.Request.Digits.Value;

    /// <summary>The claim, or a part of it, and whether the numbers bear it out.</summary>
    public void Says(string what, bool isTrue, string measured) => _evidence.Add(new ClaimEvidence(what, measured, isTrue, IsLimit: false));

    /// <summary>A limit of the claim, and whether the numbers show that it is there.</summary>
    public void Limit(string what, bool isTrue, string measured) => _evidence.Add(new ClaimEvidence(what, measured, isTrue, IsLimit: true));

    /// <summary>An experiment of the catalogue, run once for all claims; null, and noted as missing, when there is none of this name.</summary>
    public RunResult? Run(string experiment)
    {
        RunResult? result = audit.Run(experiment);
        if (result is null) _missing.Add(experiment);
        return result;
    }

    /// <summary>A random search on the audit's images, by its seed, on its device.</summary>
    public SearchResult Search(SearchSettings settings) =>
        RandomSearch.Run(settings with { Seed = unchecked((long)Seed), Device = audit.Request.Device }, Digits, audit.Stopped);

    /// <summary>A finding of an experiment, by how it begins, as the claim or a part of it.</summary>
    /// <exception cref="InvalidOperationException">The experiment came to no such finding.</exception>
    public void Finding(string experiment, string begin) => Take(experiment, begin, Says);

    /// <summary>A finding of an experiment, by how it begins, as a limit of the claim.</summary>
    /// <exception cref="InvalidOperationException">The experiment came to no such finding.</exception>
    public void FindingAsLimit(string experiment, string begin) => Take(experiment, begin, Limit);

    /// <summary>A finding of an experiment that says the contrary of the claim, or of a part of it.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="begin">How its finding begins.</param>
    /// <param name="what">What the claim says.</param>
    /// <exception cref="InvalidOperationException">The experiment came to no such finding.</exception>
    public void FindingAgainst(string experiment, string begin, string what) => Take(experiment, begin, (_, isTrue, measured) => Says(what, !isTrue, measured));

    /// <summary>Numbers that this claim alone draws.</summary>
    public Generator Draws(string purpose) => RandomStream.Create(Seed, $"claim {purpose}");

    /// <summary>Seeds the global generator, which modules such as dropout draw from, until the result is disposed.</summary>
    public IDisposable SeedGlobally()
    {
        Tensor before = Generator.Default.get_state();
        manual_seed(unchecked((long)Seed));
        return new Restore(before);
    }

    public static string Number(double value, int digits = 3) => Spread.Number(value, digits);

    private void Take(string experiment, string begin, Action<string, bool, string> take)
    {
        if (Run(experiment) is not { } result) return;
        ExperimentFinding finding = result.Outcome.Findings.FirstOrDefault(finding => finding.Statement.StartsWith(begin, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"A claim builds on what an experiment finds: expected a finding of {experiment} that begins with '{begin}' but got {string.Join("; ", result.Outcome.Findings.Select(one => one.Statement))}");
        take(finding.Statement, finding.Outcome == Charts.ReportOutcome.Passed, finding.Measured);
    }

    private sealed class Restore(Tensor state) : IDisposable
    {
        public void Dispose()
        {
            Generator.Default.set_state(state);
            state.Dispose();
        }
    }
}
