namespace TorchRef.Interop.Checkpoints;

/// <summary>How the names of a loaded state dict and of the module matched, as PyTorch's load_state_dict says it.</summary>
/// <param name="MissingKeys">Names that the module has and the file hasn't.</param>
/// <param name="UnexpectedKeys">Names that the file has and the module hasn't.</param>
public sealed record StateDictMatch(IReadOnlyList<string> MissingKeys, IReadOnlyList<string> UnexpectedKeys);
