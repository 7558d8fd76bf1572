using TorchRef.Xunit;
using Xunit;
using static TorchSharp.torch;

namespace OwnModule;

public class RMSNormTests
{
    [Fact]
    public void The_gradient_is_right()
    {
        using var module = new RMSNorm(8);
        GradientAssert.Correct(module, randn(4, 8, float64));
    }
}
