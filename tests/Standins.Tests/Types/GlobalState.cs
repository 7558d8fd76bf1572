namespace Standins.Tests.Types;

/// <summary>Tests that change what is shared by the whole process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GlobalState
{
    public const string Name = "changes the state of the process";
}
