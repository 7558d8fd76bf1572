using TorchRef.Experiments.Golden;
using TorchRef.Normalization;
using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>BatchNorm1d against its golden cases: every setting, odd inputs, error texts, second derivatives.</summary>
internal static class GoldenBatchNorm
{
    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("batchnorm1d").Cases.Where(golden => golden.Module == "BatchNorm1d"))
            foreach (var form in Enum.GetValues<BatchNormForm>())
                recorder.Run($"BatchNorm1d {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record =>
                {
                    using var module = candidates.BatchNorm1d(SettingsOf(golden), form, GoldenStore.TypeOf(golden.ParameterDtype));
                    GoldenStore.LoadState(module, golden.Initial);
                    if (golden.Printed is not null) record.Compare("printed form", module.ToString()!, golden.Printed);
                    using var exact = Float64Twin(golden);
                    for (var i = 0; i < golden.Steps.Count; i++)
                        RunStep(record, golden, golden.Steps[i], module, exact, raises: golden.Error is not null && i == golden.Steps.Count - 1);
                });
    }

    private static BatchNormSettings SettingsOf(GoldenCase golden) => new(
        golden.Config.GetInt64("num_features"), golden.Config.GetDouble("eps"), golden.Config.GetDoubleOrNull("momentum"),
        golden.Config.GetBoolean("affine"), golden.Config.GetBoolean("track_running_stats"));

    private static void RunStep(ComparisonRecorder.CaseRecorder record, GoldenCase golden, GoldenStep step, nn.Module<Tensor, Tensor> module, nn.Module<Tensor, Tensor>? exact, bool raises)
    {
        var layout = Enum.Parse<InputLayout>(golden.Config.InputLayout.Replace("_", ""), ignoreCase: true);
        var values = GoldenStore.ToTensor(step["input"]);       // (N, C) or (N, C, L)
        var input = InputLayouts.Arrange(values, layout);       // the same
        module.train(step.Training);
        if (raises)
        {
            var thrown = Thrown(() => module.call(input));
            record.Compare("error text", thrown, golden.Error!);
        }
        else
        {
            var actual = Differentiate(module, input, step);
            var truth = exact is null ? [] : Differentiate(exact, values.to_type(float64), step);
            foreach (var (name, tensor) in actual)
            {
                var expected = GoldenStore.ToTensor(step[name]);
                var tolerance = Tolerance(golden, name, expected, truth.GetValueOrDefault(name));
                record.Compare(NameOf(name), tensor, expected, name == "grad_input" && step.Training ? tolerance * Cancellation(golden, step, expected) : tolerance);
            }
        }
        foreach (var (name, buffer) in module.named_buffers())
            record.Compare(name, buffer, GoldenStore.ToTensor(step.Tensors, name), Tolerances.OfStatistics(buffer.dtype));
    }

    private static string NameOf(string tensor) => tensor switch
    {
        "grad_input" => "gradient of input",
        "grad_weight" => "gradient of weight",
        "grad_bias" => "gradient of bias",
        _ when tensor.StartsWith("grad2_", StringComparison.Ordinal) => $"second gradient of {tensor["grad2_".Length..]}",
        _ => tensor,
    };

    /// <summary>Output and gradients of one step, by their golden names; second gradients where the case has them.</summary>
    private static Dictionary<string, Tensor> Differentiate(nn.Module<Tensor, Tensor> module, Tensor input, GoldenStep step)
    {
        module.train(step.Training);
        var second = step.Tensors.ContainsKey("v");
        var leaf = input.detach().requires_grad_();             // (N, C) or (N, C, L)
        var output = module.call(leaf);                         // the same
        var cotangent = GoldenStore.ToTensor(step["grad_output"]).to_type(output.dtype); // the same
        if (second) cotangent.requires_grad_();
        var parameters = module.named_parameters().ToList();
        var leaves = parameters.Select(pair => (Tensor)pair.parameter).Prepend(leaf).ToList();
        var gradients = autograd.grad([output], leaves, [cotangent], retain_graph: second, create_graph: second);
        var results = new Dictionary<string, Tensor> { ["output"] = output, ["grad_input"] = gradients[0] };
        for (var i = 0; i < parameters.Count; i++) results[$"grad_{parameters[i].name}"] = gradients[i + 1];
        if (!second) return results;
        var probed = (gradients[0] * GoldenStore.ToTensor(step["v"]).to_type(output.dtype)).sum(); // []
        var sources = new List<(string name, Tensor tensor)> { ("grad2_input", leaf), ("grad2_grad_output", cotangent) };
        if (parameters.Count > 0) sources.Add(("grad2_weight", parameters[0].parameter));
        var seconds = autograd.grad([probed], [.. sources.Select(source => source.tensor)], allow_unused: true);
        for (var i = 0; i < sources.Count; i++)
            results[sources[i].name] = seconds[i].IsInvalid ? zeros_like(sources[i].tensor) : seconds[i];
        return results;
    }

    /// <summary>
    /// torch.nn in float64, to see how far a float32 golden is off by itself: its kernel loses digits where mean and
    /// values are large. There the tolerance grows to twice that error.
    /// </summary>
    private static TorchSharp.Modules.BatchNorm1d? Float64Twin(GoldenCase golden)
    {
        if (golden.Dtype == "float64" || golden.Error is not null) return null;
        var twin = BatchNormReference.Make(SettingsOf(golden), float64);
        GoldenStore.LoadState(twin, golden.Initial);
        return twin;
    }

    private static double Tolerance(GoldenCase golden, string name, Tensor expected, Tensor? truth)
    {
        var type = GoldenStore.TypeOf(golden.Dtype);
        var basic = type == ScalarType.BFloat16 ? Tolerances.BFloat16RoundOff : Tolerances.Of(type);
        if (name.StartsWith("grad2_", StringComparison.Ordinal)) basic *= Tolerances.SecondOrderFactor;
        return truth is null ? basic : basic + 2 * Difference.RelativeToLargest(truth.to_type(float64), expected.to_type(float64));
    }

    /// <summary>
    /// How many times larger the terms of ∂L/∂x are than their sum. With two values per channel they all but cancel, and
    /// what is left of them can't have more digits than they had.
    /// </summary>
    private static double Cancellation(GoldenCase golden, GoldenStep step, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        if (gradient.numel() == 0) return 1;
        var input = GoldenStore.ToTensor(step["input"]).to_type(float64); // (N, C) or (N, C, L)
        var channels = input.transpose(0, 1).flatten(1);        // [C, N·L]
        var variance = (channels - channels.mean([1], keepdim: true)).square().mean([1]); // [C]
        var scale = (variance + golden.Config.GetDouble("eps")).rsqrt(); // [C]
        if (GoldenStore.ToTensor(golden.Initial, "weight") is { } weight) scale = scale * weight; // [C]
        var largestTerm = scale.abs().max().item<double>() * GoldenStore.ToTensor(step["grad_output"]).to_type(float64).abs().max().item<double>();
        var ratio = largestTerm / gradient.to_type(float64).abs().max().item<double>();
        return double.IsFinite(ratio) ? Math.Max(1, ratio) : 1;
    }

    private static string Thrown(Action action)
    {
        try
        {
            action();
            return "(nothing was thrown)";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            return exception.Message;
        }
    }
}
