using System.Globalization;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written activations against torch.nn, and the step against torch.heaviside.</summary>
internal static class ActivationCases
{
    public static readonly string[] Names = ["Sigmoid", "Tanh", "ReLU"];

    private static readonly long[][] s_shapes = [[50], [4, 10], [2, 3, 4]];

    /// <summary>Spreads of the input: about 0, and far out, where the curves are flat.</summary>
    private static readonly double[] s_spreads = [1, 30, 800];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var shape in s_shapes)
                foreach (var spread in s_spreads)
                {
                    var variant = string.Create(CultureInfo.InvariantCulture, $"({string.Join(", ", shape)}), spread {spread}");
                    foreach (var name in Names)
                        foreach (var form in Enum.GetValues<GradientForm>())
                            RunForm(recorder, candidates, name, form, dtype, shape, spread, variant, seed);
                    recorder.Run($"Step {dtype.ToString().ToLowerInvariant()} train", "torch.heaviside", variant, record => CompareStep(record, candidates, dtype, shape, spread, seed));
                }
    }

    private static void RunForm(ComparisonRecorder recorder, Candidates candidates, string name, GradientForm form, ScalarType dtype, long[] shape, double spread, string variant, ulong seed)
    {
        var title = $"{name} {form.ToString().ToLowerInvariant()} {dtype.ToString().ToLowerInvariant()} train";
        foreach (var layout in shape.Length > 1 ? new[] { InputLayout.Contiguous, InputLayout.Transposed, InputLayout.Strided } : [InputLayout.Contiguous])
            recorder.Run(title, "torch.nn", $"{variant}, {layout.ToString().ToLowerInvariant()}", record =>
            {
                using var candidate = candidates.Activation(name, form);
                using var reference = Reference(name);
                CompareWithReference(record, candidate, reference, dtype, shape, spread, layout, seed);
                candidate.eval();
                reference.eval();
                CompareWithReference(record.In("then eval"), candidate, reference, dtype, shape, spread, layout, seed);
            });
        if (dtype != ScalarType.Float32) return;
        recorder.Run(title, "float64", variant, record =>
        {
            using var candidate = candidates.Activation(name, form);
            using var reference = Reference(name);
            var (mine, mySlope) = Results(candidate, dtype, shape, spread, InputLayout.Contiguous, seed);
            var (theirs, theirSlope) = Results(reference, dtype, shape, spread, InputLayout.Contiguous, seed);
            var (exact, exactSlope) = Results(reference, ScalarType.Float64, shape, spread, InputLayout.Contiguous, seed);
            RoundOff.Compare(record, "output", mine, theirs, exact);
            RoundOff.Compare(record, "gradient of input", mySlope, theirSlope, exactSlope);
        });
    }

    private static void CompareWithReference(ComparisonRecorder.CaseRecorder record, nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, ScalarType dtype, long[] shape, double spread, InputLayout layout, ulong seed)
    {
        var (mine, mySlope) = Results(candidate, dtype, shape, spread, layout, seed);
        var (theirs, theirSlope) = Results(reference, dtype, shape, spread, layout, seed);
        record.Compare("output", mine, theirs, Tolerances.Of(dtype));
        record.Compare("gradient of input", mySlope, theirSlope, Tolerances.Of(dtype));
    }

    private static void CompareStep(ComparisonRecorder.CaseRecorder record, Candidates candidates, ScalarType dtype, long[] shape, double spread, ulong seed)
    {
        using var random = new Generator(seed);
        foreach (var atZero in new[] { 0, 0.5, 1 })
        {
            using var candidate = candidates.Step(atZero);
            var input = (Draw.Normal(shape, dtype, random) * spread).round().detach().requires_grad_(); // shape; rounded, there are zeros
            var output = candidate.call(input);                 // shape
            output.sum().backward();
            record.Compare("output", output, input.detach().heaviside(full([], atZero, dtype)), Tolerances.Exact);
            record.Compare("gradient of input", input.grad, zeros(shape, dtype), Tolerances.Exact);
        }
    }

    /// <summary>Output, and gradient of input. The values are drawn in float32, so that a float64 module gets the very same.</summary>
    private static (Tensor output, Tensor? gradient) Results(nn.Module<Tensor, Tensor> module, ScalarType dtype, long[] shape, double spread, InputLayout layout, ulong seed)
    {
        using var random = new Generator(seed);
        var values = Draw.Normal(shape, ScalarType.Float32, random) * spread; // shape
        values.flatten()[0] = 0;                                // the kink of the rectifier, the steepest place of the others
        var input = InputLayouts.Arrange(values.to_type(dtype), layout).detach().requires_grad_(); // shape
        var output = module.call(input);                        // shape
        output.backward([Draw.Normal(shape, ScalarType.Float32, random).to_type(dtype)]);
        return (output, input.grad);
    }

    private static nn.Module<Tensor, Tensor> Reference(string name) => name switch
    {
        "Sigmoid" => nn.Sigmoid(),
        "Tanh" => nn.Tanh(),
        _ => nn.ReLU(),
    };
}
