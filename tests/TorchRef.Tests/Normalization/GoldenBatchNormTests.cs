using TorchRef.Experiments.Golden;
using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>Every float64 golden case, and every refusal, of BatchNorm1d, 2d and 3d in both forms.</summary>
public sealed class GoldenBatchNormTests
{
    private static readonly Lazy<Dictionary<string, (GoldenCase golden, int rank)>> s_cases = new(Read);

    public static TheoryData<string, BatchNormForm> Cases()
    {
        var cases = new TheoryData<string, BatchNormForm>();
        foreach (var name in s_cases.Value.Keys)
            foreach (var form in Enum.GetValues<BatchNormForm>()) cases.Add(name, form);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_golden_case(string name, BatchNormForm form)
    {
        using var scope = NewDisposeScope();
        var (golden, rank) = s_cases.Value[name];
        var config = golden.Config;
        using var module = new Norms(config.GetInt64("num_features"), config.GetDouble("eps"), config.GetDoubleOrNull("momentum"), config.GetBoolean("affine"), config.GetBoolean("track_running_stats"))
            .Own(rank, form, TypeOf(golden.ParameterDtype));
        LoadState(module, golden);

        if (golden.Printed is not null) Assert.Equal(golden.Printed, module.ToString());
        for (var i = 0; i < golden.Steps.Count; i++)
        {
            var step = golden.Steps[i];
            module.train(step.Training);
            if (golden.Error is not null && i == golden.Steps.Count - 1)
                Assert.Equal(golden.Error, Assert.Throws<ArgumentException>(() => module.call(Arrange(ToTensor(step["input"]), config.InputLayout))).Message);
            else
                CompareStep(module, golden, step);
            foreach (var (buffer, tensor) in module.named_buffers()) Expect.Close(tensor, ToTensor(step[buffer]), 1e-13, buffer);
        }
    }

    [Fact]
    public void The_cases_cover_every_rank_layout_and_second_derivatives()
    {
        Assert.True(s_cases.Value.Count > 100, $"expected more than 100 cases but got {s_cases.Value.Count}");
        Assert.Equal([2, 4, 5], s_cases.Value.Values.Select(one => one.rank).Distinct().Order());
        Assert.Equal(["channels_last", "contiguous", "expanded", "strided", "transposed"], s_cases.Value.Values.Select(one => one.golden.Config.InputLayout).Distinct().Order());
        Assert.Contains(s_cases.Value.Values, one => one.golden.Steps.Any(step => step.Tensors.ContainsKey("v")));
    }

    private static void CompareStep(BatchNorm module, GoldenCase golden, GoldenStep step)
    {
        module.zero_grad();
        var leaf = Arrange(ToTensor(step["input"]), golden.Config.InputLayout).requires_grad_(); // (N, C, …)
        var second = step.Tensors.ContainsKey("v");
        var cotangent = ToTensor(step["grad_output"]);          // (N, C, …)
        if (second) cotangent.requires_grad_();
        var output = module.call(leaf);                         // (N, C, …)
        List<Tensor> leaves = [leaf, .. module.parameters()];
        var gradients = autograd.grad([output], leaves, [cotangent], retain_graph: second, create_graph: second);

        Expect.Close(output, ToTensor(step["output"]), 1e-12, "output");
        if (step.OutputStrides is not null && golden.Config.InputLayout == "channels_last") Assert.Equal(step.OutputStrides, output.stride());
        var expected = ToTensor(step["grad_input"]);            // (N, C, …)
        if (expected.isfinite().all().item<bool>()) Expect.Vanishes(gradients[0] - expected, 1e-12 * Terms(module, step), "gradient of the input");
        else Expect.Close(gradients[0], expected, 1e-11, "gradient of the input");
        if (module.Affine)
        {
            Expect.Close(gradients[1], ToTensor(step["grad_weight"]), 1e-11, "gradient of γ");
            Expect.Close(gradients[2], ToTensor(step["grad_bias"]), 1e-12, "gradient of β");
        }
        if (second) CompareSecond(module, step, leaf, cotangent, gradients[0]);
    }

    private static void CompareSecond(BatchNorm module, GoldenStep step, Tensor leaf, Tensor cotangent, Tensor gradient)
    {
        List<(string name, Tensor tensor)> sources = [("grad2_input", leaf), ("grad2_grad_output", cotangent)];
        if (module.Affine) sources.Add(("grad2_weight", module.Weight!));
        var seconds = autograd.grad([(gradient * ToTensor(step["v"])).sum()], [.. sources.Select(source => source.tensor)], allow_unused: true);
        for (var i = 0; i < sources.Count; i++)
        {
            var actual = seconds[i].IsInvalid ? zeros_like(sources[i].tensor) : seconds[i];
            Expect.Close(actual, ToTensor(step[sources[i].name]), 1e-11, sources[i].name);
        }
    }

    /// <summary>How large the terms of ∂L/∂x are: in training they cancel, and what is left can't be more precise than they are.</summary>
    private static double Terms(BatchNorm module, GoldenStep step)
    {
        var input = ToTensor(step["input"]);                    // (N, C, …)
        if (input.numel() == 0) return 1;
        var centred = input - input.mean(input.Reduced(), keepdim: true); // (N, C, …)
        var inverse = (centred.square().mean(input.Reduced()) + module.Eps).rsqrt(); // [C]
        if (module.Affine) inverse = inverse * module.Weight!.detach(); // [C]
        var cotangent = ToTensor(step["grad_output"]).abs().max().item<double>();
        var scale = inverse.abs().max().item<double>() * cotangent;
        return double.IsFinite(scale) ? Math.Max(scale, ToTensor(step["grad_input"]).abs().max().item<double>()) : Math.Max(1, cotangent);
    }

    private static Tensor Arrange(Tensor values, string layout)
    {
        switch (layout)
        {
            case "transposed": return values.transpose(-2, -1).contiguous().transpose(-2, -1);
            case "channels_last": return values.movedim([1L], [-1L]).contiguous().movedim([-1L], [1L]);
            case "strided": return stack([values, zeros_like(values)], -1).select(-1, 0);
            case "expanded": return values.narrow(-1, 0, 1).expand(values.shape);
            default: return values;
        }
    }

    private static void LoadState(BatchNorm module, GoldenCase golden)
    {
        using var noGraph = no_grad();
        Assert.Equal(golden.Initial.Keys, module.state_dict().Keys);
        foreach (var (name, tensor) in module.state_dict()) tensor.copy_(ToTensor(golden.Initial[name]));
    }

    private static Dictionary<string, (GoldenCase, int)> Read()
    {
        var folder = GoldenFile.FindFolder() ?? throw new InvalidOperationException("the golden tensors must be found: expected tests/golden above the program but there is none");
        var cases = new Dictionary<string, (GoldenCase, int)>();
        foreach (var (name, rank) in new[] { ("BatchNorm1d", 2), ("BatchNorm2d", 4), ("BatchNorm3d", 5) })
            foreach (var golden in GoldenFile.Load(Path.Combine(folder, $"{name.ToLowerInvariant()}.json")).Cases)
                if (golden.Module == name && (golden.Dtype == "float64" || golden.Error is not null)) cases.Add($"{name} {golden.Id}", (golden, rank));
        return cases;
    }

    private static ScalarType TypeOf(string dtype) => dtype switch
    {
        "float64" => ScalarType.Float64,
        "float32" => ScalarType.Float32,
        "bfloat16" => ScalarType.BFloat16,
        "int64" => ScalarType.Int64,
        _ => throw new ArgumentException($"expected an element type of golden files but got {dtype}"),
    };

    private static Tensor ToTensor(GoldenTensor golden) => tensor(golden.Data, golden.Shape, ScalarType.Float64).to_type(TypeOf(golden.Dtype));
}
