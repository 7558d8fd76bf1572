using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>The state of an optimiser, in the form of PyTorch's: what it remembers by the number of the parameter, and its groups.</summary>
/// <remarks>A copy: later steps don't change it. Disposing releases its tensors.</remarks>
/// <param name="State">
/// Number of the parameter → name → tensor. The names are PyTorch's: step, momentum_buffer, square_avg, grad_avg, sum, exp_avg,
/// exp_avg_sq, max_exp_avg_sq. A parameter without memory is absent.
/// </param>
/// <param name="ParamGroups">The groups in their order.</param>
public sealed record OptimizerStateDict(IReadOnlyDictionary<int, IReadOnlyDictionary<string, Tensor>> State, IReadOnlyList<ParameterGroupDict> ParamGroups) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensors in State.Values)
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
    }
}
