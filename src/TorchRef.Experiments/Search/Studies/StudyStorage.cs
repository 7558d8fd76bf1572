using TorchRef.Experiments.Search.Studies.Database;
using TorchRef.Experiments.Search.Studies.Journal;
using TorchRef.Experiments.Search.Studies.Memory;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Opens storages.</summary>
public static class StudyStorage
{
    /// <summary>Studies that last as long as the process.</summary>
    public static IStudyStorage InMemory() => new InMemoryStudyStorage();

    /// <summary>Opens what the command line names: the path of a journal file, or the address of a PostgreSQL database.</summary>
    /// <param name="location">
    /// A file; one that isn't there is made, in a folder that is there. Or <c>postgresql://user:password@host:port/database</c>; the tables are made
    /// where there are none. (A file whose path has <c>://</c> in it is named with another spelling of the path.)
    /// </param>
    /// <param name="notice">Told, in one line, why something takes long; may be called from any thread.</param>
    /// <exception cref="StudyStorageException">It can't be used; the message is one line.</exception>
    public static IStudyStorage Open(string location, Action<string>? notice = null)
    {
        if (location.Length == 0) throw new StudyStorageException("A study is kept somewhere: expected a file or a database but got ''");
        if (DatabaseAddress.IsAddress(location)) return new DatabaseStudyStorage(DatabaseAddress.Parse(location));
        return new JournalStudyStorage(Path.GetFullPath(location), notice ?? (_ => { }), TimeProvider.System);
    }
}
