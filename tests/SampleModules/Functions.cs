using static TorchSharp.torch;

namespace Sample;

public static class Functions
{
    public static Tensor Softsign(Tensor x) => x / (x.abs() + 1);

    public static (Tensor product, Tensor sum) Both(Tensor left, Tensor right) => (left * right, left + right);

    public static Tensor[] All(Tensor[] tensors, double power = 2) => [.. tensors.Select(tensor => tensor.pow(power))];

    /// <summary>Its gradient by <paramref name="right"/> is twice what it should be.</summary>
    public static Tensor WrongProduct(Tensor left, Tensor right) => left * (right * 2 - right.detach());

    public static Tensor Rectified(Tensor x) => x.relu();

    public static long Count(Tensor x) => x.numel();
}
