using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Modules on another device against the same modules on the CPU, from the same state and the same input; and against
/// themselves, run again: where not every bit comes out the same a kernel isn't deterministic, which is remarked.
/// </summary>
internal static class DeviceCases
{
    private const int Steps = 2;
    private const double DropoutProbability = 0.3;
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, Device device, ulong seed)
    {
        foreach (var dtype in s_types)
        {
            foreach (var (name, shape, make) in Modules(candidates, dtype))
                recorder.Run(NameOf(name, dtype), "the CPU", VariantOf(shape), record => Compare(record, make, shape, dtype, device, seed));
            foreach (var kind in Enum.GetValues<DropoutKind>())
                foreach (var shape in DropoutVariantCases.ShapesOf(kind))
                    recorder.Run(NameOf($"{kind}", dtype), "the CPU", FormattableString.Invariant($"{VariantOf(shape)}, p {DropoutProbability}"), record => CompareDropout(record, candidates, kind, shape, dtype, device, seed));
        }
    }

    /// <summary>Large enough that a sum is spread over many threads of a GPU, and so may be added up in any order.</summary>
    private static IEnumerable<(string name, long[] shape, Func<nn.Module<Tensor, Tensor>> make)> Modules(Candidates candidates, ScalarType dtype)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
            foreach (var (dimensions, shape) in new[] { (1, new long[] { 512, 96 }), (2, [16, 8, 24, 24]), (3, [8, 4, 8, 8, 8]) })
                yield return ($"BatchNorm{dimensions}d {form.ToString().ToLowerInvariant()}", shape, () => candidates.BatchNorm(new BatchNormSettings(shape[1], 1e-5, 0.1, true, true, dimensions), form, dtype));
        yield return ("torch.nn.BatchNorm1d", [512, 96], () => BatchNormReference.Make(new BatchNormSettings(96, 1e-5, 0.1, true, true), dtype));
        yield return ("torch.nn.BatchNorm2d", [16, 8, 24, 24], () => BatchNormReference.Make(new BatchNormSettings(8, 1e-5, 0.1, true, true, Dimensions: 2), dtype));
        yield return ("LayerNorm", [512, 96], () => candidates.LayerNorm(new LayerNormSettings([96], 1e-5, true, true), dtype));
        yield return ("GroupNorm", [16, 8, 24], () => candidates.GroupNorm(new GroupNormSettings(2, 8, 1e-5, true), dtype));
        yield return ("InstanceNorm2d", [16, 8, 24, 24], () => candidates.InstanceNorm(new InstanceNormSettings(2, 8, 1e-5, 0.1, true, true), dtype));
        yield return ("Affine", [512, 96], () => candidates.Affine(new AffineSettings(96, 48, true), Layers.GradientForm.ClosedForm, dtype));
        foreach (var activation in new[] { "Sigmoid", "Tanh", "ReLU" })
            yield return (activation, [512, 96], () => candidates.Activation(activation, Layers.GradientForm.ClosedForm));
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, Func<nn.Module<Tensor, Tensor>> make, long[] shape, ScalarType dtype, Device device, ulong seed)
    {
        var onCpu = Trace(make, shape, dtype, CPU, seed);
        var there = Trace(make, shape, dtype, device, seed);
        foreach (var (what, tensor) in there)
            record.Compare(what, tensor, onCpu.GetValueOrDefault(what), what.StartsWith("running_", StringComparison.Ordinal) ? Tolerances.OfStatistics(dtype) : Tolerances.Of(dtype), Magnitude(what));
        var again = Trace(make, shape, dtype, device, seed);
        foreach (var (what, tensor) in there)
            if (!tensor.equal(again[what]).all().item<bool>()) record.Remark($"{what} isn't deterministic on {device}");
    }

    /// <summary>Values of about 1 cancel in a mean.</summary>
    private static double Magnitude(string what) => what == "running_mean" ? 1 : 0;

    /// <summary>A few steps in training on a device: the last step's output and gradients, and the buffers, all brought to the CPU.</summary>
    private static Dictionary<string, Tensor> Trace(Func<nn.Module<Tensor, Tensor>> make, long[] shape, ScalarType dtype, Device device, ulong seed)
    {
        using var there = Devices.UseByDefault(device);
        using var random = new Generator(seed);
        using var module = make();
        BatchNormReference.RandomiseState(module, module, random);
        var results = new Dictionary<string, Tensor>();
        for (var step = 1; step <= Steps; step++)
        {
            module.zero_grad();
            var input = Draw.Normal(shape, dtype, random).requires_grad_(); // shape
            var output = module.call(input);                    // the module's output shape
            output.backward([Draw.Normal(output.shape, dtype, random)]);
            results["output"] = output.detach().cpu();          // the module's output shape
            results["gradient of input"] = input.grad!.cpu();   // shape
            foreach (var (name, parameter) in module.named_parameters()) results[$"gradient of {name}"] = parameter.grad!.cpu(); // the parameter's shape
        }
        foreach (var (name, buffer) in module.named_buffers()) results[name] = buffer.cpu(); // the buffer's shape
        return results;
    }

    /// <summary>The masks of two devices are never alike: each has a generator of its own. What is done with a mask must be.</summary>
    private static void CompareDropout(ComparisonRecorder.CaseRecorder record, Candidates candidates, DropoutKind kind, long[] shape, ScalarType dtype, Device device, ulong seed)
    {
        using var there = Devices.UseByDefault(device);
        using var random = new Generator(seed);
        using var module = candidates.DropoutVariant(new DropoutSettings(kind, DropoutProbability));
        var values = Draw.Normal(shape, dtype, random).abs() + 0.1; // shape, none 0
        var (output, again) = (Drop(), Drop());                 // shape
        record.Compare("output from the same seed again", again, output, Tolerances.Exact);
        var onCpu = values.cpu();                               // shape
        // What is dropped is 0, or with SELUs the one value that all dropped elements get: below whatever a kept one can be.
        var mask = output.gt(0).to_type(dtype).cpu();           // shape
        record.Compare("output", output.cpu(), DropoutVariants.WithMask(kind, onCpu, mask, DropoutProbability), Tolerances.Of(dtype));

        Tensor Drop()
        {
            manual_seed((long)seed);
            return module.call(values);                         // shape
        }
    }

    private static string NameOf(string module, ScalarType dtype) => $"{module} {dtype.ToString().ToLowerInvariant()}";

    private static string VariantOf(long[] shape) => $"({string.Join(", ", shape)})";
}
