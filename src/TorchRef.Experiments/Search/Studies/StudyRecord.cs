using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>A study as it stood when the storage was read.</summary>
/// <param name="Id">Unique in the storage.</param>
/// <param name="Name">Unique in the storage at any time.</param>
/// <param name="Directions">One for each objective.</param>
/// <param name="UserAttributes">The application's.</param>
/// <param name="SystemAttributes">Optuna's.</param>
public sealed record StudyRecord(
    long Id,
    string Name,
    IReadOnlyList<StudyDirection> Directions,
    IReadOnlyDictionary<string, PyJson> UserAttributes,
    IReadOnlyDictionary<string, PyJson> SystemAttributes);
