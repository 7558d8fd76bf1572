using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>
/// Differences need float64: in float32 half of a derivative's seven digits are lost to the step. Inputs and modules of lower
/// precision are converted for the time of a check, or refused with that reason.
/// </summary>
internal static class Precision
{
    /// <summary>The inputs in float64 or complex128, and what was done or is wrong.</summary>
    public static Tensor[] Prepare(Tensor[] inputs, nn.Module? module, bool promoted, GradCheckOptions options, out List<Finding> findings)
    {
        findings = [];
        var low = inputs.FirstOrDefault(IsLow)?.dtype ?? module?.parameters().FirstOrDefault(IsLow)?.dtype;
        if (low is { } type)
        {
            findings.Add(options.PromoteToFloat64
                ? new Finding(Cause.LowPrecisionInput, $"inputs are {type}; they were converted to float64 for the check, since differences in {type} can't tell a wrong gradient from a right one", Verdict.Pass)
                : new Finding(Cause.LowPrecisionInput, $"a gradient is checked in float64: expected inputs and parameters of Float64 or ComplexFloat64 but got {type}, whose round-off hides errors below a percent (PromoteToFloat64 converts them)", Verdict.Inconclusive));
        }
        else if (promoted)
        {
            findings.Add(new Finding(Cause.LowPrecisionInput, "the module isn't in float64; it was converted for the check and back", Verdict.Pass));
        }
        if (!options.PromoteToFloat64) return inputs;
        using var noGraph = no_grad();
        return Array.ConvertAll(inputs, input => !IsLow(input) ? input : Promoted(input));
    }

    /// <summary>Converts a module's floating-point parameters and buffers to float64 until disposed.</summary>
    public static IDisposable? Promote(nn.Module module, GradCheckOptions options)
    {
        if (!options.PromoteToFloat64) return null;
        var types = module.parameters().Cast<Tensor>().Concat(module.buffers()).Where(tensor => tensor.is_floating_point()).Select(tensor => tensor.dtype).Distinct().ToList();
        // Of several types only one could be restored; such a module is checked as it is.
        return types is [not ScalarType.Float64] ? new Promotion(module, types[0]) : null;
    }

    private static bool IsLow(Tensor tensor) => (tensor.is_floating_point() && tensor.dtype != ScalarType.Float64) || tensor.dtype == ScalarType.ComplexFloat32;

    private static Tensor Promoted(Tensor input)
    {
        var promoted = input.detach().to_type(input.is_complex() ? ScalarType.ComplexFloat64 : ScalarType.Float64);
        return input.requires_grad ? promoted.requires_grad_(true) : promoted;
    }

    private sealed class Promotion : IDisposable
    {
        private readonly nn.Module _module;
        private readonly ScalarType _type;

        public Promotion(nn.Module module, ScalarType type)
        {
            (_module, _type) = (module, type);
            module.to(ScalarType.Float64);
        }

        public void Dispose() => _module.to(_type);
    }
}
