using TorchRef.Checks.Parity;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Whether an optimiser does what another one does, step after step, in float64 and in float32.</summary>
/// <remarks>
/// <para>
/// Each is made for a small network of its own, the same in both: <c>linear</c> (a weight and a bias), <c>norm</c> (a batch
/// normalisation's γ and β), and single weights: <c>unused</c> has no gradient, <c>still</c> has zeros, <c>huge</c> and
/// <c>tiny</c> are ten thousand times larger and smaller. Both then take steps on random gradients, and on the gradients of a
/// quadratic function of where they are.
/// </para>
/// <para>
/// After each step all parameters are compared, that gradients are what they were, and that what has no gradient hasn't moved;
/// at the end what both remember by the same name. Where they differ, further steps on chosen numbers tell why.
/// </para>
/// </remarks>
public static class OptimizerParity
{
    /// <summary>Compares optimisers that are made for a module, so that its parameters can be grouped by their names and modules.</summary>
    /// <param name="candidate">Makes the optimiser that is to be right: <c>module => new SGD(module.parameters(), 0.1)</c>.</param>
    /// <param name="reference">Makes the one that is right, with the same settings.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no steps.</exception>
    public static OptimizerParityReport Compare(Func<nn.Module, ParityOptimizer> candidate, Func<nn.Module, ParityOptimizer> reference, int steps = 5, OptimizerParityOptions? options = null) =>
        new OptimizerSession(candidate, reference, steps, options ?? new()).Run();

    /// <summary>Compares optimisers that are made for parameters.</summary>
    /// <param name="candidate">Makes the optimiser that is to be right: <c>parameters => new SGD(parameters, 0.1)</c>.</param>
    /// <param name="reference">Makes the one that is right, with the same settings.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no steps.</exception>
    public static OptimizerParityReport Compare(
        Func<IEnumerable<Parameter>, ParityOptimizer> candidate, Func<IEnumerable<Parameter>, ParityOptimizer> reference, int steps = 5, OptimizerParityOptions? options = null) =>
        new OptimizerSession(module => candidate(module.parameters()), module => reference(module.parameters()), steps, options ?? new()).Run();
}
