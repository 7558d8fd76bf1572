using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Tests.Data;

namespace TorchRef.Experiments.Tests.Search.Studies.Journal;

public sealed class JournalStudyStorageTests : StorageContract
{
    private readonly TempFolder _folder = new();

    protected override IStudyStorage Begin() => Join();

    protected override IStudyStorage Join() => StudyStorage.Open(Path.Combine(_folder.Path, "study.log"));

    protected override void CleanUp()
    {
        string[] left = Directory.GetFileSystemEntries(_folder.Path, "*lock*");
        _folder.Dispose();
        Assert.Empty(left);
    }
}
