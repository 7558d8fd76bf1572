using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>How the values of an input lie in memory.</summary>
internal enum InputLayout
{
    Contiguous,

    /// <summary>The memory of the transposed tensor, channels first.</summary>
    Transposed,

    /// <summary>Every second element of a larger tensor.</summary>
    Strided,

    /// <summary>Stride 0 in the last dimension; the values must be alike along it.</summary>
    Expanded,
}

internal static class InputLayouts
{
    /// <summary>The same values, laid out differently.</summary>
    public static Tensor Arrange(Tensor values, InputLayout layout)
    {
        switch (layout)
        {
            case InputLayout.Transposed:
                return values.transpose(0, 1).contiguous().transpose(0, 1); // the same shape
            case InputLayout.Strided:
                var wide = zeros([.. values.shape, 2], values.dtype); // […, 2]
                wide.select(-1, 0).copy_(values);
                return wide.select(-1, 0);                      // the same shape
            case InputLayout.Expanded:
                return values.narrow(-1, 0, 1).expand(values.shape); // the same shape
            default:
                return values;
        }
    }
}
