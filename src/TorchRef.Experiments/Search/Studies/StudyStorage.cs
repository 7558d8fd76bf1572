using TorchRef.Experiments.Search.Studies.Memory;

namespace TorchRef.Experiments.Search.Studies;

/// <summary>Opens storages.</summary>
public static class StudyStorage
{
    /// <summary>Studies that last as long as the process.</summary>
    public static IStudyStorage InMemory() => new InMemoryStudyStorage();
}
