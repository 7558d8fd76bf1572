using TorchRef.Checks.Parity;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Whether a module does what another one does: in training and in evaluation, step after step, in float64 and in float32.</summary>
/// <remarks>
/// <para>
/// Both start from one state and go through the same steps with the same seeds: several of training, then evaluation, then both
/// again. After each, outputs, gradients of inputs and parameters for a random incoming gradient, buffers, random numbers drawn
/// and inputs changed in place are compared. State that hides mistakes (γ = 1, β = 0, running_mean = 0) is replaced by random
/// state, and batches that do are followed by others.
/// </para>
/// <para>
/// How far two right modules may be apart isn't a constant but is learned from the reference: how far its own float32 results
/// are from its float64 results, and how much those move when the inputs do. Everything about both modules is as before when
/// the check returns: values, gradients, modes, and the generator of random numbers.
/// </para>
/// </remarks>
public static class ModuleParity
{
    /// <summary>Compares two modules of one input.</summary>
    /// <param name="candidate">The module that is to be right.</param>
    /// <param name="reference">The module that is right.</param>
    /// <param name="inputs">Batches, at least one, for the steps in turn. They stay as they are.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no batch, or both modules are the same object.</exception>
    public static ModuleParityReport Compare(nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, Tensor[] inputs, ModuleParityOptions? options = null) =>
        new ParitySession(ParitySubject.Of(candidate), ParitySubject.Of(reference), [.. inputs.Select(input => new[] { input })], options ?? new()).Run();

    /// <summary>Compares two modules of two inputs.</summary>
    /// <exception cref="ArgumentException">There is no batch, or both modules are the same object.</exception>
    public static ModuleParityReport Compare(
        nn.Module<Tensor, Tensor, Tensor> candidate, nn.Module<Tensor, Tensor, Tensor> reference, (Tensor first, Tensor second)[] inputs, ModuleParityOptions? options = null) =>
        new ParitySession(ParitySubject.Of(candidate), ParitySubject.Of(reference), [.. inputs.Select(pair => new[] { pair.first, pair.second })], options ?? new()).Run();

    /// <summary>Compares two modules of three inputs.</summary>
    /// <exception cref="ArgumentException">There is no batch, or both modules are the same object.</exception>
    public static ModuleParityReport Compare(
        nn.Module<Tensor, Tensor, Tensor, Tensor> candidate, nn.Module<Tensor, Tensor, Tensor, Tensor> reference, (Tensor first, Tensor second, Tensor third)[] inputs, ModuleParityOptions? options = null) =>
        new ParitySession(ParitySubject.Of(candidate), ParitySubject.Of(reference), [.. inputs.Select(triple => new[] { triple.first, triple.second, triple.third })], options ?? new()).Run();

    /// <summary>Compares two modules of any number of inputs, each called by a function.</summary>
    /// <param name="candidate">The module that is to be right.</param>
    /// <param name="callCandidate">Calls it with a batch.</param>
    /// <param name="reference">The module that is right.</param>
    /// <param name="callReference">Calls it with a batch.</param>
    /// <param name="inputs">Batches, at least one, each of as many tensors as the functions take.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no batch, or both modules are the same object.</exception>
    public static ModuleParityReport Compare(
        nn.Module candidate, Func<Tensor[], Tensor> callCandidate, nn.Module reference, Func<Tensor[], Tensor> callReference, Tensor[][] inputs, ModuleParityOptions? options = null) =>
        new ParitySession(new(candidate, callCandidate), new(reference, callReference), inputs, options ?? new()).Run();
}
