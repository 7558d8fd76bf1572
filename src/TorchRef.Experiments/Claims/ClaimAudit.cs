using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Running;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>Measures what the study notes claim.</summary>
/// <remarks>
/// Every verdict follows from what is measured then and there. Claims that take an experiment have it run once, with
/// <see cref="RunRequest.Quick"/>, or as the request says.
/// </remarks>
public sealed class ClaimAudit
{
    private readonly IReadOnlyList<IExperiment> _experiments;
    private readonly Dictionary<string, RunResult> _results = new(StringComparer.Ordinal);
    private CancellationToken _stop;

    /// <summary>Prepares an audit.</summary>
    /// <param name="request">Seed, device and images; what its experiments run with.</param>
    /// <param name="experiments">The experiments that claims may take; null for <see cref="ExperimentCatalog.All"/>.</param>
    public ClaimAudit(RunRequest request, IReadOnlyList<IExperiment>? experiments = null) =>
        (Request, _experiments) = (request, experiments ?? ExperimentCatalog.All);

    /// <summary>All claims, in the order of the notes.</summary>
    public static IReadOnlyList<Claim> Claims { get; } = [.. Checks.Select(check => check.Claim)];

    internal RunRequest Request { get; }

    /// <summary>What stops a measurement that takes long.</summary>
    internal CancellationToken Stopped => _stop;

    private static IEnumerable<ClaimCheck> Checks => [.. Note000.Checks, .. Note001.Checks, .. Note002.Checks, .. Note003.Checks, .. Note004.Checks];

    /// <summary>Measures the claims one by one.</summary>
    /// <param name="only">Which ones; null, the default, for all.</param>
    /// <param name="stop">Stops between two claims, or within an experiment.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IEnumerable<ClaimResult> Measure(Func<Claim, bool>? only = null, CancellationToken stop = default)
    {
        _stop = stop;
        foreach (ClaimCheck check in Checks.Where(check => only?.Invoke(check.Claim) ?? true))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var measurement = new ClaimMeasurement(this);
            check.Measure(measurement);
            yield return new ClaimResult(check.Claim, measurement.Evidence, measurement.Missing, check.Why);
        }
    }

    internal RunResult? Run(string name)
    {
        if (_results.TryGetValue(name, out RunResult? known)) return known;
        if (_experiments.FirstOrDefault(experiment => experiment.Name == name) is not { } experiment) return null;
        RunResult result = ExperimentRunner.Run(experiment, Request, stop: _stop);
        _stop.ThrowIfCancellationRequested();
        return _results[name] = result;
    }
}
