using TorchRef.Experiments.Search.Studies.Journal;
using TorchRef.Experiments.Search.Studies.Memory;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Opens storages.</summary>
public static class StudyStorage
{
    /// <summary>Studies that last as long as the process.</summary>
    public static IStudyStorage InMemory() => new InMemoryStudyStorage();

    /// <summary>Opens what the command line names: the path of a journal file.</summary>
    /// <param name="location">The file. One that isn't there is made, in a folder that is there.</param>
    /// <param name="notice">Told, in one line, why something takes long; may be called from any thread.</param>
    /// <exception cref="StudyStorageException">It can't be used; the message is one line.</exception>
    public static IStudyStorage Open(string location, Action<string>? notice = null)
    {
        if (location.Length == 0) throw new StudyStorageException("A study is kept somewhere: expected a file but got ''");
        return new JournalStudyStorage(Path.GetFullPath(location), notice ?? (_ => { }), TimeProvider.System);
    }
}
