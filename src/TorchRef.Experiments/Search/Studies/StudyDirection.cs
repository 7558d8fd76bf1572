namespace TorchRef.Experiments.Search.Studies;

/// <summary>Which values of an objective are the better ones; the numbers are Optuna's.</summary>
public enum StudyDirection
{
    /// <summary>Not said; found in files alone, a study isn't begun with it.</summary>
    NotSet = 0,

    /// <summary>Smaller is better.</summary>
    Minimize = 1,

    /// <summary>Larger is better.</summary>
    Maximize = 2,
}
