using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>The tensors that an object keeps for as long as it lives, whatever dispose scopes come and go around it.</summary>
internal sealed class OwnedTensors : IDisposable
{
    private readonly IDisposable[] _tensors;

    private OwnedTensors(IDisposable[] tensors) => _tensors = tensors;

    /// <summary>Builds something and takes all tensors that were made meanwhile out of the scopes.</summary>
    public static (T built, OwnedTensors tensors) Collect<T>(Func<T> build)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var built = build();
        IDisposable[] made = [.. scope.DisposablesView];
        scope.Detach(made);
        return (built, new OwnedTensors(made));
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors) tensor.Dispose();
    }
}
