using TorchRef.Experiments.Golden;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>BatchNorm1d, 2d and 3d against their golden cases: every setting, odd inputs, error texts, second derivatives.</summary>
internal static class GoldenBatchNorm
{
    /// <summary>What the files call a case of the function.</summary>
    public const string Functional = "functional.batch_norm";

    public static readonly string[] Files = ["batchnorm1d", "batchnorm2d", "batchnorm3d"];

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var file in Files)
            foreach (var golden in GoldenStore.Read(file).Cases.Where(golden => golden.Module != Functional || FitsAModule(golden)))
                foreach (var form in Enum.GetValues<BatchNormForm>())
                {
                    var settings = SettingsOf(golden);
                    recorder.Run($"{settings.Module} {form.ToString().ToLowerInvariant()} {golden.Dtype}", "golden", golden.Name, record =>
                    {
                        using var module = candidates.BatchNorm(settings, form, GoldenStore.TypeOf(golden.ParameterDtype));
                        GoldenStore.LoadState(module, golden.Initial);
                        if (golden.Printed is not null) record.Compare("printed form", module.ToString()!, golden.Printed);
                        Follow(record, golden, settings, module);
                    });
                }
    }

    /// <summary>Compares everything after each step of a case with a module that has the state it begins with.</summary>
    public static void Follow(ComparisonRecorder.CaseRecorder record, GoldenCase golden, BatchNormSettings settings, nn.Module<Tensor, Tensor> module)
    {
        for (var i = 0; i < golden.Steps.Count; i++)
            RunStep(record, golden, settings, golden.Steps[i], module, raises: golden.Error is not null && i == golden.Steps.Count - 1);
    }

    public static BatchNormSettings SettingsOf(GoldenCase golden)
    {
        var (eps, momentum) = (golden.Config.GetDouble("eps"), golden.Config.GetDoubleOrNull("momentum"));
        if (golden.Module != Functional)
            return new BatchNormSettings(golden.Config.GetInt64("num_features"), eps, momentum, golden.Config.GetBoolean("affine"), golden.Config.GetBoolean("track_running_stats"), golden.Module["BatchNorm".Length] - '0');
        var shape = golden.Steps[0]["input"].Shape;
        return new BatchNormSettings(shape[1], eps, momentum, Has(golden, "weight"), Has(golden, "running_mean"), Math.Max(1, shape.Length - 2));
    }

    /// <summary>
    /// Whether a call of the function is what a module would do: γ and β both or neither, at least two dimensions, statistics
    /// in evaluation.
    /// </summary>
    private static bool FitsAModule(GoldenCase golden) =>
        golden.Steps[0]["input"].Shape.Length > 1 && Has(golden, "weight") == Has(golden, "bias") && (golden.Steps[0].Training || Has(golden, "running_mean"));

    private static bool Has(GoldenCase golden, string name) => golden.Initial.ContainsKey(name);

    private static void RunStep(ComparisonRecorder.CaseRecorder record, GoldenCase golden, BatchNormSettings settings, GoldenStep step, nn.Module<Tensor, Tensor> module, bool raises)
    {
        module.train(step.Training);
        if (raises) record.Compare("error text", Thrown(() => module.call(InputOf(golden, step))), golden.Error!);
        else CompareResults(record, golden, settings, step, module);
        // A function counts no batches.
        foreach (var (name, buffer) in module.named_buffers().Where(buffer => golden.Module != Functional || buffer.buffer.is_floating_point()))
            record.Compare(name, buffer, GoldenStore.ToTensor(step.Tensors, name), Tolerances.OfStatistics(buffer.dtype));
    }

    /// <summary>Compares what a step puts out, and its gradients, but not the module's state.</summary>
    public static void CompareResults(ComparisonRecorder.CaseRecorder record, GoldenCase golden, BatchNormSettings settings, GoldenStep step, nn.Module<Tensor, Tensor> module)
    {
        var terms = new GoldenMagnitudes(golden, settings, step);
        var results = Differentiate(module, InputOf(golden, step), step);
        foreach (var (name, tensor) in results)
            record.Compare(NameOf(name), tensor, GoldenStore.ToTensor(step[name]), ToleranceOf(name, tensor.dtype), terms.Of(name));
        if (golden.Config.InputLayout == "channels_last" && step.OutputStrides is { } strides)
            record.Compare("strides of output", string.Join(", ", results["output"].stride()), string.Join(", ", strides));
    }

    private static Tensor InputOf(GoldenCase golden, GoldenStep step) =>
        InputLayouts.Arrange(GoldenStore.ToTensor(step["input"]), Enum.Parse<InputLayout>(golden.Config.InputLayout.Replace("_", ""), ignoreCase: true)); // (N, C, …)

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
        var leaf = input.detach().requires_grad_();             // (N, C, …)
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

    private static double ToleranceOf(string name, ScalarType dtype) =>
        Tolerances.Of(dtype) * (name.StartsWith("grad2_", StringComparison.Ordinal) ? Tolerances.SecondOrderFactor : 1);

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
