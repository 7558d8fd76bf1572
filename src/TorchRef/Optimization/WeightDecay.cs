using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>Weight decay in its three forms: a term of the loss, a term of the gradient, and a shrinking beside the step.</summary>
/// <remarks>
/// <para>
/// The first two are the same rule written twice: ½λΣθ² in the loss has the gradient λθ, which every optimiser of this
/// folder adds for <c>weight_decay</c> = λ (AdamW aside). The third, decoupled, multiplies θ by 1 − ηλ. With plain SGD it
/// agrees with the others; with a velocity or an adaptive rate it doesn't, for there λθ is averaged and divided like the
/// rest of the gradient. (One step of θ = 1 with gradient 0, η = λ = 0.1: SGD .99, Adam .90, AdamW .99.)
/// </para>
/// <para>
/// The study notes decay weight matrices only, never biases, γ or β: <see cref="ParameterGroups"/> sorts a module's
/// parameters so. Their over-fitting experiment (λ = 0.1, training accuracy held below 1 and the gap to the test narrower)
/// and their random search over λ from 1e-8 to 1e-4 rely on it.
/// </para>
/// </remarks>
public static class WeightDecay
{
    /// <summary>First form: ½λΣθ², to be added to the loss. Its gradient is λθ.</summary>
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

    /// <summary>Second form, coupled: g + λθ. A new tensor; the gradient itself stays as it is.</summary>
    /// <param name="direction">g, after its sign was turned where the optimiser climbs.</param>
    /// <param name="parameter">θ before the step, of g's shape.</param>
    /// <param name="lambda">λ, the strength.</param>
    /// <returns>g's shape; g itself where λ is 0.</returns>
    public static Tensor AddTo(Tensor direction, Tensor parameter, double lambda) =>
        lambda == 0 ? direction : direction.add(parameter, lambda);     // θ's shape

    /// <summary>Third form, decoupled: θ ← θ(1 − ηλ), in place, before the step.</summary>
    /// <param name="parameter">θ, any shape.</param>
    /// <param name="lr">η, the learning rate.</param>
    /// <param name="lambda">λ, the strength.</param>
    public static void Shrink(Tensor parameter, double lr, double lambda)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        if (lambda != 0) parameter.mul_(1 - lr * lambda);               // θ's shape
    }
}
