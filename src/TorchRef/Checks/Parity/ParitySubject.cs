using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>A module under comparison, however many inputs it takes.</summary>
/// <param name="Module">The module.</param>
/// <param name="Call">Runs it, hooks included.</param>
internal sealed record ParitySubject(nn.Module Module, Func<Tensor[], Tensor> Call)
{
    public static ParitySubject Of(nn.Module<Tensor, Tensor> module) => new(module, inputs => module.call(inputs[0]));

    public static ParitySubject Of(nn.Module<Tensor, Tensor, Tensor> module) => new(module, inputs => module.call(inputs[0], inputs[1]));

    public static ParitySubject Of(nn.Module<Tensor, Tensor, Tensor, Tensor> module) => new(module, inputs => module.call(inputs[0], inputs[1], inputs[2]));

    /// <summary>The type of its first floating-point parameter or buffer; null where it has none, so that it takes any.</summary>
    public ScalarType? NativeType => Module.parameters().Concat(Module.buffers()).FirstOrDefault(tensor => tensor.is_floating_point())?.dtype;
}
