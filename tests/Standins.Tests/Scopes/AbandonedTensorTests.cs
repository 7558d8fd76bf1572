using static TorchSharp.torch;

namespace Standins.Tests.Scopes;

public sealed class AbandonedTensorTests
{
    [SkippableFact]
    public void Large_tensors_that_nobody_disposes_are_collected_before_they_pile_up()
    {
        Skip.If(typeof(Tensor).Assembly.GetType("TorchSharp.Engine.MemoryPressure") is null, "this is the package, which leaves abandoned tensors to the collector's own time");
        const int made = 400;                                   // 4 MB each
        var before = Tensor.TotalCount;
        var most = 0L;
        for (var i = 0; i < made; i++)
        {
            _ = zeros(1024, 1024);                              // written to, as a result would be
            most = Math.Max(most, Tensor.TotalCount - before);
        }
        Assert.InRange(most, 1, made / 2);
    }
}
