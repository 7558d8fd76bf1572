using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Where studies and their trials are kept: a journal file, a database, or the memory.</summary>
/// <remarks>
/// <para>Several processes on several hosts, Optuna's among them, may use one storage at the same time. Every method reads or writes in one step: what
/// it writes is there whole or not at all, in the order of the storage, and durable when the method returns. A storage object is one
/// worker; its threads may share it.</para>
/// <para>All methods throw <see cref="StudyStorageException"/> when the storage can't be read or written, or is broken.</para>
/// </remarks>
public interface IStudyStorage : IDisposable
{
    /// <summary>The file or the address, without a password, for messages.</summary>
    string Location { get; }

    /// <summary>This worker's name, unique among all that ever used the storage.</summary>
    string Worker { get; }

    /// <summary>All studies, oldest first.</summary>
    IReadOnlyList<StudyRecord> Studies();

    /// <summary>The study of that name; it is begun when there is none.</summary>
    /// <exception cref="StudyStorageException">There is one with other directions.</exception>
    StudyRecord OpenStudy(string name, params IReadOnlyList<StudyDirection> directions);

    /// <summary>Sets an attribute of a study; the last one set counts.</summary>
    void SetStudyAttribute(long studyId, AttributeKind kind, string key, PyJson value);

    /// <summary>All trials by number. Reading again costs what is new.</summary>
    IReadOnlyList<TrialRecord> Trials(long studyId);

    /// <summary>Makes trials: running ones are this worker's, waiting ones are queued.</summary>
    /// <returns>The trials as they are now, in the order asked for.</returns>
    IReadOnlyList<TrialRecord> Create(long studyId, params IReadOnlyList<NewTrial> trials);

    /// <summary>Makes trials that are decided on with the study as it is: nobody else's come in between, so that several processes together make as many as asked for.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="decide">Gets all trials by number. Everybody waits for it: it is to be quick, and not to use the storage.</param>
    /// <returns>The trials as they are now, in the order asked for.</returns>
    IReadOnlyList<TrialRecord> Create(long studyId, Func<IReadOnlyList<TrialRecord>, IReadOnlyList<NewTrial>> decide);

    /// <summary>Takes waiting trials; each goes to one worker only, whoever asks first.</summary>
    /// <returns>Those that this worker got, running now, in the order asked for.</returns>
    IReadOnlyList<TrialRecord> Claim(params IReadOnlyList<long> trialIds);

    /// <summary>Changes unfinished trials. A batch costs as much as one change: report an epoch of all trials at once.</summary>
    /// <returns>The trials that somebody else had finished (this worker was thought dead, or a user ended them): what was to change on them is dropped, and there is no use in going on with them.</returns>
    /// <exception cref="ArgumentException">A change that no trial may have: a complete trial without its values, a parameter that the study has with another kind of distribution, a negative step.</exception>
    IReadOnlyList<long> Write(params IReadOnlyList<TrialChange> changes);

    /// <summary>What is known of the life of the worker that runs a trial.</summary>
    WorkerSign SignOf(TrialRecord trial);

    /// <summary>Marks a trial as failed whose worker died, and queues its parameters again, both or neither.</summary>
    /// <param name="trial">The trial as it was read; when it has gone on since, nothing happens.</param>
    /// <param name="again">Whether to queue it again.</param>
    /// <returns>The queued trial; null when there is none, because it wasn't asked for or because somebody was faster.</returns>
    TrialRecord? Abandon(TrialRecord trial, bool again);
}
