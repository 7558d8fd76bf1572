using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>L2 weight decay as a term of the loss.</summary>
public static class WeightDecay
{
    /// <summary>½λΣθ², whose gradient is λθ.</summary>
    /// <remarks>
    /// Added to the loss it moves the parameters exactly as <c>weight_decay</c> = λ of <see cref="SGD"/> does. The study
    /// notes decay weight matrices only: leave biases, γ and β out of <paramref name="parameters"/> for their results.
    /// </remarks>
    /// <param name="parameters">What is to stay small; at least one.</param>
    /// <param name="lambda">λ, the strength.</param>
    /// <returns>A scalar in the graph of the parameters.</returns>
    /// <exception cref="ArgumentException">There are no parameters, or λ is negative.</exception>
    public static Tensor L2Penalty(IEnumerable<Parameter> parameters, double lambda)
    {
        if (!(lambda >= 0)) throw new ArgumentException($"the strength of weight decay must not be negative: expected λ ≥ 0 but got {lambda}");
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        foreach (var parameter in parameters)
        {
            var squares = (parameter * parameter).sum();                // []
            sum = sum is null ? squares : sum + squares;                // []
        }
        if (sum is null) throw new ArgumentException("weight decay must have something to decay: expected at least one parameter but got none");
        return (sum * (lambda / 2)).MoveToOuterDisposeScope();          // []
    }
}
