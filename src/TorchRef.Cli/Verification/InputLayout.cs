using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>How the values of an input lie in memory.</summary>
internal enum InputLayout
{
    Contiguous,

    /// <summary>The last two dimensions change places in memory.</summary>
    Transposed,

    /// <summary>The channels, which are the second dimension, come last in memory.</summary>
    ChannelsLast,

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
                return values.transpose(-2, -1).contiguous().transpose(-2, -1); // the same shape
            case InputLayout.ChannelsLast:
                return values.movedim([1L], [-1L]).contiguous().movedim([-1L], [1L]); // the same shape
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
