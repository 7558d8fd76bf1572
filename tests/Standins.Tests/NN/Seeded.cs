namespace Standins.Tests.NN;

/// <summary>Tests that seed the process's generator: they run while no others draw from it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Seeded
{
    public const string Name = "Seeded";
}
