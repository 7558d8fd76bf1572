using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Database;

[Collection(PostgresTests.Name)]
public sealed class DatabaseStudyStorageTests(PostgresCluster cluster) : StorageContract
{
    private string _address = "";

    protected override IStudyStorage Begin()
    {
        cluster.Require();
        _address = cluster.EmptiedDatabase();
        return Join();
    }

    protected override IStudyStorage Join() => StudyStorage.Open(_address);
}
