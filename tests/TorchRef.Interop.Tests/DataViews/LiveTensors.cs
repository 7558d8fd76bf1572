using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.DataViews;

/// <summary>The count of tensors, which is the process's.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are, once those are gone that other tests left to finalisers.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
