namespace TorchRef.Cli.Bench;

/// <summary>How long a check of batch normalisation at 32×16 takes.</summary>
/// <param name="Engine">Seconds for torch.nn's module.</param>
/// <param name="EngineEvaluations">How often it was evaluated.</param>
/// <param name="Own">Seconds for the hand-written one.</param>
/// <param name="OwnEvaluations">How often it was evaluated.</param>
/// <param name="Power">The smallest relative error that the check would have seen.</param>
/// <param name="Python">Seconds of PyTorch's gradcheck in slow mode; null where there is none.</param>
/// <param name="PythonEvaluations">How often that evaluated.</param>
internal sealed record SpeedOutcome(double Engine, long EngineEvaluations, double Own, long OwnEvaluations, double Power, double? Python, long PythonEvaluations);

/// <summary>What many checks in a row leave behind.</summary>
/// <param name="Checks">How many.</param>
/// <param name="Before">Tensors alive before.</param>
/// <param name="After">Tensors alive after.</param>
/// <param name="Growth">By how many bytes the process grew.</param>
internal sealed record LeakOutcome(int Checks, long Before, long After, long Growth)
{
    public bool Leaks => After > Before;
}
