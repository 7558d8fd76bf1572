using TorchRef.Checks;
using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Xunit;

/// <summary>Assertions about gradients.</summary>
public static class GradientAssert
{
    /// <summary>The gradients of a module by its input and all parameters are correct.</summary>
    /// <param name="module">The module.</param>
    /// <param name="input">Where.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">One is wrong, or the check couldn't have seen it; the message is the report.</exception>
    public static void Correct(nn.Module<Tensor, Tensor> module, Tensor input, GradCheckOptions? options = null) => Require(GradCheck.Run(module, input, options));

    /// <summary>The gradients of a function by its inputs are correct.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Where.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">One is wrong, or the check couldn't have seen it; the message is the report.</exception>
    public static void Correct(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null) => Require(GradCheck.Run(function, inputs, options));

    /// <summary>The gradient of a function of one tensor is correct.</summary>
    /// <param name="function">The function.</param>
    /// <param name="input">Where.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="XunitException">It is wrong, or the check couldn't have seen it; the message is the report.</exception>
    public static void Correct(Func<Tensor, Tensor> function, Tensor input, GradCheckOptions? options = null) => Correct(inputs => [function(inputs[0])], [input], options);

    /// <summary>Throws for what <see cref="CheckReport.ThrowIfFailed"/> throws for, as a failed assertion.</summary>
    internal static void Require(CheckReport report)
    {
        if (report.Verdict is Verdict.Fail or Verdict.Inconclusive) throw new CheckAssertException(report);
    }
}
