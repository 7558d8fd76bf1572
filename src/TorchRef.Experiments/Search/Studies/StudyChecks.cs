using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>What no storage takes: Optuna's would take some of it, and its readers fall over it later.</summary>
internal static class StudyChecks
{
    public static void New(string name, IReadOnlyList<StudyDirection> directions)
    {
        if (name.Length == 0) throw new ArgumentException("A study needs a name: expected one but got ''");
        if (directions.Count == 0 || directions.Contains(StudyDirection.NotSet))
            throw new ArgumentException($"A study minimises or maximises each objective: expected Minimize or Maximize but got {(directions.Count == 0 ? "nothing" : string.Join(", ", directions))}");
    }

    public static void Directions(StudyRecord study, IReadOnlyList<StudyDirection> directions, string location)
    {
        if (!study.Directions.SequenceEqual(directions))
            throw new StudyStorageException($"The study {study.Name} in {location} has another direction: expected {Text(directions)} but got {Text(study.Directions)}");
    }

    /// <param name="name">A parameter that a trial is to have.</param>
    /// <param name="distribution">What it was drawn from.</param>
    /// <param name="study">The distributions of the study.</param>
    public static void Param(string name, Distribution distribution, StudyDistributions study)
    {
        if (study.First(name, distribution) is var first && !first.IsCompatibleWith(distribution))
            throw new ArgumentException($"A parameter keeps its kind, its scale and its choices throughout a study: expected {name} to be {DistributionJson.Write(first)} but got {DistributionJson.Write(distribution)}");
    }

    /// <param name="change">What is to be written.</param>
    /// <param name="objectives">How many values a result has.</param>
    /// <param name="study">The distributions of the study.</param>
    public static void Change(TrialChange change, int objectives, StudyDistributions study)
    {
        switch (change)
        {
            case TrialChange.SetParam param: Param(param.Name, param.Value.Distribution, study); break;
            case TrialChange.ReportValue { Step: < 0 } report: throw new ArgumentException($"A step counts from 0: expected 0 or more but got {report.Step}");
            case TrialChange.Finish { State: TrialState.Complete } finish when finish.Values is not { } values || values.Count != objectives || values.Any(double.IsNaN):
                throw new ArgumentException($"A complete trial has a value for each objective: expected {objectives}, none NaN, but got {(finish.Values is null ? "none" : string.Join(", ", finish.Values.Select(PyFloat.Text)))}");
        }
    }

    private static string Text(IReadOnlyList<StudyDirection> directions) => string.Join(", ", directions.Select(direction => direction switch
    {
        StudyDirection.Minimize => "MINIMIZE",
        StudyDirection.Maximize => "MAXIMIZE",
        _ => "NOT_SET",
    }));
}
