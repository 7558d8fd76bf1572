using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>
/// The largest of the terms that cancel in the results of a step of batch normalisation: values far from 0 in x − μ, the
/// three parts of ∂L/∂x with two values per channel. A result can't keep more digits than they had.
/// </summary>
/// <remarks>Float64 has digits to spare: there only ∂L/∂x is judged so, the rest by its own largest magnitude.</remarks>
internal sealed class GoldenMagnitudes
{
    private readonly bool _float64;
    private readonly double _input, _weight, _inverse, _cotangent, _values;

    public GoldenMagnitudes(GoldenCase golden, BatchNormSettings settings, GoldenStep step)
    {
        using var scope = NewDisposeScope();
        _float64 = golden.Dtype == "float64";
        var input = GoldenStore.ToTensor(step["input"]).to_type(float64); // (N, C, …)
        if (input.numel() == 0) return;
        // A batch that is normalised in parts has as many digits as its narrowest part.
        var parts = VirtualBatches.Of(input, golden.Config.GetInt64("virtual_batch_size", input.shape[0]));
        var variance = step.Training || !settings.Tracking
            ? stack(parts.Select(part => part.transpose(0, 1).flatten(1)).Select(channels => (channels - channels.mean([1], keepdim: true)).square().mean([1])).ToArray()) // [parts, C]
            : GoldenStore.ToTensor(step["running_var"]).to_type(float64); // [C]
        _inverse = Largest((variance + settings.Eps).rsqrt());
        _input = Largest(input);
        _weight = GoldenStore.ToTensor(golden.Initial, "weight") is { } weight ? Largest(weight) : 1;
        _cotangent = Largest(GoldenStore.ToTensor(step["grad_output"]));
        _values = input.numel() / input.shape[1];
    }

    /// <summary>The magnitude for a result by its golden name; 0 leaves it to the result itself.</summary>
    public double Of(string name) => name switch
    {
        "grad_input" => _weight * _inverse * _cotangent * (_float64 ? 1 : Offset),
        _ when _float64 => 0,
        "output" => _weight * Offset,
        "grad_weight" => _values * _cotangent * Offset,
        _ => 0,
    };

    /// <summary>How many deviations the values are away from 0.</summary>
    private double Offset => Math.Max(1, _input * _inverse);

    private static double Largest(Tensor tensor) =>
        tensor.to_type(float64).nan_to_num(0, 0, 0).abs().max().item<double>();
}
