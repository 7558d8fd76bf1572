using TorchRef.Checks;
using TorchSharp.Modules;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Xunit;

/// <summary>Assertions that something does what a reference does.</summary>
/// <remarks>The reference comes first, as what is expected does in xUnit.net.</remarks>
public static class ParityAssert
{
    /// <summary>A module does what the reference does, in training and evaluation; see <see cref="ModuleParity"/>.</summary>
    /// <param name="reference">The module that is right.</param>
    /// <param name="candidate">The module that is to be right.</param>
    /// <param name="inputs">Batches for the steps in turn.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">They differ, or the check couldn't have seen it; the message is the report.</exception>
    /// <exception cref="ArgumentException">There is no batch, or both modules are the same object.</exception>
    public static void Same(nn.Module<Tensor, Tensor> reference, nn.Module<Tensor, Tensor> candidate, Tensor[] inputs, ModuleParityOptions? options = null) =>
        GradientAssert.Require(ModuleParity.Compare(candidate, reference, inputs, options));

    /// <summary>A module does what the reference does on a batch.</summary>
    /// <inheritdoc cref="Same(nn.Module{Tensor, Tensor}, nn.Module{Tensor, Tensor}, Tensor[], ModuleParityOptions?)"/>
    public static void Same(nn.Module<Tensor, Tensor> reference, nn.Module<Tensor, Tensor> candidate, Tensor input, ModuleParityOptions? options = null) =>
        Same(reference, candidate, [input], options);

    /// <summary>An optimiser of parameters does what the reference does; see <see cref="OptimizerParity"/>.</summary>
    /// <param name="reference">Makes the optimiser that is right.</param>
    /// <param name="candidate">Makes the one that is to be right, with the same settings.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">They differ, or the check couldn't have seen it; the message is the report.</exception>
    public static void SameSteps(
        Func<IEnumerable<Parameter>, ParityOptimizer> reference, Func<IEnumerable<Parameter>, ParityOptimizer> candidate, int steps = 5, OptimizerParityOptions? options = null) =>
        GradientAssert.Require(OptimizerParity.Compare(candidate, reference, steps, options));

    /// <summary>An optimiser of a module's parameters, grouped by their names and modules, does what the reference does.</summary>
    /// <param name="reference">Makes the optimiser that is right.</param>
    /// <param name="candidate">Makes the one that is to be right, with the same settings.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">They differ, or the check couldn't have seen it; the message is the report.</exception>
    public static void SameSteps(Func<nn.Module, ParityOptimizer> reference, Func<nn.Module, ParityOptimizer> candidate, int steps = 5, OptimizerParityOptions? options = null) =>
        GradientAssert.Require(OptimizerParity.Compare(candidate, reference, steps, options));
}
