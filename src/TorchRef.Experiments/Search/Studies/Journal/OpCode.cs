namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>The operations of Optuna's journal (<c>JournalOperation</c> in <c>optuna/storages/journal/_storage.py</c>).</summary>
internal enum OpCode
{
    CreateStudy = 0,
    DeleteStudy = 1,
    SetStudyUserAttr = 2,
    SetStudySystemAttr = 3,
    CreateTrial = 4,
    SetTrialParam = 5,
    SetTrialStateValues = 6,
    SetTrialIntermediateValue = 7,
    SetTrialUserAttr = 8,
    SetTrialSystemAttr = 9,

    /// <summary>Optuna 5 reads it and does nothing; 4.9 falls over it, so it is never written.</summary>
    DiscardTrials = 10,
}
