using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Memory;

namespace TorchRef.Experiments.Tests.Search.Studies.Memory;

public sealed class InMemoryStudyStorageTests : StorageContract
{
    private InMemoryStudyStorage? _first;

    protected override IStudyStorage Begin() => _first = new();

    protected override IStudyStorage Join() => _first!.Another();
}
