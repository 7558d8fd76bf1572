namespace TorchRef.Cli.Faults;

/// <summary>The check that a fault is meant for.</summary>
internal enum Tool
{
    GradCheck,
    ModuleParity,
    OptimizerParity,
}
