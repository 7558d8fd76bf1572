using TorchRef.Checks;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Checking;

/// <summary>The test that docs/checking.md shows, as a test.</summary>
public sealed class LessonExampleTests
{
    [Fact]
    public void The_gradient_is_right()
    {
        manual_seed(1);
        using var input = randn(6, 3, dtype: ScalarType.Float64);
        using var module = new BatchNorm1d(3, form: BatchNormForm.ClosedForm);

        var report = GradCheck.Run(module, input);

        report.ThrowIfFailed();
    }
}
