using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Random values that are the same on every device: drawn on the CPU in float64, then converted and moved.</summary>
internal static class Draw
{
    public static Tensor Normal(long[] shape, ScalarType dtype, Generator random) =>
        randn(shape, float64, CPU, generator: random).to_type(dtype).to(get_default_device());

    public static Tensor Uniform(long[] shape, ScalarType dtype, Generator random) =>
        rand(shape, float64, CPU, generator: random).to_type(dtype).to(get_default_device());
}
