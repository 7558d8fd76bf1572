using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints;

/// <summary>The state of an optimiser as a part of a larger checkpoint, such as a training's: <see cref="Checkpoint.SaveObject"/> saves it, PyTorch loads it.</summary>
public static class OptimizerCheckpoint
{
    /// <summary>A copy of the state, as <c>optimizer.state_dict()</c> is in Python.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <returns><c>{'state': {0: {…}}, 'param_groups': [{…}]}</c>; its tensors are in the current dispose scope.</returns>
    public static OrderedDictionary<object, object?> Of(Optimization.Optimizer optimizer) => OptimizerTree.Of(optimizer.state_dict());

    /// <summary>Takes over a state that was part of a checkpoint. Nothing has changed when it throws.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="state">That part of what <see cref="Checkpoint.LoadObject"/> gave.</param>
    /// <exception cref="InvalidDataException">It isn't the state of an optimiser.</exception>
    /// <exception cref="ArgumentException">It doesn't fit the optimiser's parameters.</exception>
    public static void Load(Optimization.Optimizer optimizer, object? state)
    {
        using var scope = NewDisposeScope();
        optimizer.load_state_dict(OptimizerTree.From(state));
    }
}
