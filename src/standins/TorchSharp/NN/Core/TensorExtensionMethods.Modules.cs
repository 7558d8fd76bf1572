namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>A parameter that takes the native tensor over.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);
}
