using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>A trial that is to be made, whole in one step: nobody ever sees it without its parameters.</summary>
public sealed record NewTrial
{
    private NewTrial(TrialState state) => State = state;

    /// <summary>Running or Waiting.</summary>
    public TrialState State { get; }

    /// <summary>By name, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, TrialParam>> Params { get; init; } = [];

    /// <summary>The application's, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, PyJson>> UserAttributes { get; init; } = [];

    /// <summary>Optuna's, by name (<see cref="SystemAttribute"/>).</summary>
    public IReadOnlyList<KeyValuePair<string, PyJson>> SystemAttributes { get; init; } = [];

    /// <summary>A trial that this worker begins now.</summary>
    public static NewTrial Running(params IEnumerable<KeyValuePair<string, TrialParam>> parameters) => new(TrialState.Running) { Params = [.. parameters] };

    /// <summary>A trial for the next worker that asks, with the values that it is to take; what isn't named the worker draws.</summary>
    /// <param name="fixedParams">External values by name.</param>
    public static NewTrial Waiting(params IEnumerable<KeyValuePair<string, PyJson>> fixedParams) =>
        new(TrialState.Waiting) { SystemAttributes = [new(SystemAttribute.FixedParams, PyJson.DictOf(fixedParams))] };
}
