using System.Text.Json;
using TorchRef.Checks;
using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>What a comparison leaves behind, takes, refuses and reports.</summary>
public sealed class ModuleParityTests
{
    [Fact]
    public void Both_modules_the_generator_and_the_batches_are_as_before()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new FaultyBatchNorm(3, NormFault.EvaluationUpdates);
        using var reference = nn.BatchNorm1d(3);
        candidate.eval();
        var x = randn(6, 3);                                    // [6, 3]
        foreach (var module in new nn.Module<Tensor, Tensor>[] { candidate, reference }) module.call(x).sum().backward();
        var parameters = candidate.parameters().Concat(reference.parameters()).ToList();
        var before = Values(candidate, reference).Append(x.clone()).Append(get_rng_state()).ToList();

        ModuleParity.Compare(candidate, reference, [x]);

        Close.Assert(Values(candidate, reference).Append(x).Append(get_rng_state()).ToList(), before, 0, 0);
        Assert.Equal((false, true), (candidate.training, reference.training));
        // The very same objects, which an optimiser may hold.
        Assert.All(candidate.parameters().Concat(reference.parameters()).Zip(parameters), pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public void Nothing_is_leaked()
    {
        using var candidate = new TorchRef.Normalization.BatchNorm1d(3);
        using var reference = nn.BatchNorm1d(3);
        using var x = randn(6, 3);
        ModuleParity.Compare(candidate, reference, [x]);
        var before = Tensor.TotalCount;

        for (var i = 0; i < 3; i++) ModuleParity.Compare(candidate, reference, [x]);

        // Weight and bias of both modules, made anew in each of two types, three times over.
        Assert.InRange(Tensor.TotalCount - before, long.MinValue, 3 * 2 * 2 * 2 * CountedPerParameter());
    }

    /// <summary>TorchSharp's own count goes up by one for each parameter that is made of a tensor, though both are gone; the stand-in's doesn't.</summary>
    private static long CountedPerParameter()
    {
        using var scope = NewDisposeScope();
        var before = Tensor.TotalCount;
        new TorchSharp.Modules.Parameter(ones(3)).Dispose();
        return Tensor.TotalCount - before;
    }

    [Fact]
    public void A_module_that_keeps_other_tensors_is_compared_in_its_own_type_only()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new HiddenLinear();
        using var reference = nn.Linear(3, 3);

        var report = ModuleParity.Compare(candidate, reference, [randn(4, 3)]);

        Assert.Contains(report.BlindSpots, text => text.StartsWith("the candidate", StringComparison.Ordinal) && text.EndsWith("so that only float32 was compared", StringComparison.Ordinal));
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
        Assert.All(report.Entries, entry => Assert.Equal(ScalarType.Float32, entry.Type));
    }

    [Fact]
    public void Other_names_can_be_declared()
    {
        using var scope = NewDisposeScope();
        using var candidate = new FaultyBatchNorm(3, NormFault.OtherNames);
        using var reference = nn.BatchNorm1d(3);
        var names = new Dictionary<string, string> { ["gamma"] = "weight", ["beta"] = "bias" };

        Assert.Equal(Verdict.Fail, ModuleParity.Compare(candidate, reference, [randn(6, 3)]).Verdict);
        Assert.Equal(Verdict.Pass, ModuleParity.Compare(candidate, reference, [randn(6, 3)], new ModuleParityOptions { Names = names }).Verdict);
        Assert.Equal(Verdict.Pass, ModuleParity.Compare(candidate, reference, [randn(6, 3)], new ModuleParityOptions { CompareStateDict = false }).Verdict);
    }

    [Fact]
    public void Without_copying_state_each_keeps_its_own()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var one = nn.Linear(3, 2);
        using var other = nn.Linear(3, 2);

        Assert.Equal(Verdict.Pass, ModuleParity.Compare(one, other, [randn(4, 3)]).Verdict);
        Assert.Equal(Verdict.Fail, ModuleParity.Compare(one, other, [randn(4, 3)], new ModuleParityOptions { CopyState = false }).Verdict);
    }

    [Fact]
    public void What_hides_mistakes_is_varied_and_what_cannot_be_is_said()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new FaultyBatchNorm(4);
        using var reference = nn.BatchNorm1d(4);

        var varied = ModuleParity.Compare(candidate, reference, [randn(4, 4) * 1e6]);
        var plain = ModuleParity.Compare(candidate, reference, [randn(4, 4)], new ModuleParityOptions { RandomizeState = false, Vary = false });

        Assert.Contains(varied.Variations, text => text.StartsWith("the batch has as many rows as columns (4)", StringComparison.Ordinal));
        Assert.Contains(varied.Variations, text => text.StartsWith("scaling the input changes nothing", StringComparison.Ordinal));
        Assert.Contains("weight, bias, running_mean, running_var are all one number, which hides whether and where they are used", plain.BlindSpots);
        Assert.Empty(plain.Variations);
    }

    [Theory]
    [InlineData(NormFault.EpsilonDropped, 1e6)]
    [InlineData(NormFault.EpsilonOutsideTheRoot, 1e9)]
    public void Epsilon_is_seen_beside_any_variance(NormFault fault, double scale)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new FaultyBatchNorm(3, fault);
        using var reference = nn.BatchNorm1d(3);

        Assert.Equal(Cause.Epsilon, ModuleParity.Compare(candidate, reference, [randn(8, 3) * scale]).Diagnosis.Cause);
    }

    [Fact]
    public void A_variance_of_large_numbers_is_told_from_a_wrong_formula()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new NaiveVariance();
        using var reference = nn.LayerNorm(32, elementwise_affine: false);

        var report = ModuleParity.Compare(candidate, reference, [randn(16, 32) + 300]);

        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Equal(Cause.Precision, report.Diagnosis.Cause);
    }

    [Fact]
    public void Bad_inputs_must_be_refused_by_both()
    {
        using var scope = NewDisposeScope();
        using var candidate = new FaultyBatchNorm(3);
        using var reference = nn.BatchNorm1d(3);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 3)], new ModuleParityOptions { BadInputs = [randn(2, 3, 2, 2)] });

        Assert.Equal(Cause.Throws, report.Diagnosis.Cause);
        Assert.Contains("an input of shape [2, 3, 2, 2] must be refused", report.Diagnosis.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_of_two_inputs_are_compared()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);

        Assert.Equal(Verdict.Pass, ModuleParity.Compare(new Product(1), new Product(1), [(randn(4, 3), randn(4, 3))]).Verdict);
        var report = ModuleParity.Compare(new Product(2), new Product(1), [(randn(4, 3), randn(4, 3))]);
        Assert.Equal(Cause.ConstantFactor, report.Diagnosis.Cause);
        Assert.Equal(2, report.Diagnosis.Factor!.Value, 9);
    }

    [Fact]
    public void A_reference_that_throws_proves_nothing()
    {
        using var scope = NewDisposeScope();
        using var candidate = new FaultyBatchNorm(3);
        using var reference = nn.BatchNorm1d(3);

        Assert.Equal(Verdict.Inconclusive, ModuleParity.Compare(candidate, reference, [randn(2, 3, 2, 2)]).Verdict);
    }

    [Fact]
    public void No_batch_and_one_module_twice_are_refused()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 2);

        Assert.Throws<ArgumentException>(() => ModuleParity.Compare(module, nn.Linear(2, 2), []));
        Assert.Throws<ArgumentException>(() => ModuleParity.Compare(module, module, [ones(2, 2)]));
    }

    [Fact]
    public void The_report_can_be_read_by_machines()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new FaultyBatchNorm(3, NormFault.MomentumFlipped);
        using var reference = nn.BatchNorm1d(3);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 3)]);
        using var json = JsonDocument.Parse(report.ToJson());

        Assert.Equal("Fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("MomentumConvention", json.RootElement.GetProperty("diagnosis").GetProperty("cause").GetString());
        Assert.Equal("running_mean", json.RootElement.GetProperty("firstDivergence").GetProperty("quantity").GetString());
        Assert.Equal(report.Entries.Count, json.RootElement.GetProperty("entries").GetArrayLength());
        Assert.Contains("running_mean", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("running_mean (float64)", report.ToJUnit(), StringComparison.Ordinal);
    }

    [Fact]
    public void Planted_errors_are_caught_in_each_quantity()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var candidate = new FaultyBatchNorm(3);
        using var reference = nn.BatchNorm1d(3);

        var report = ModuleParity.Compare(candidate, reference, [randn(6, 3)]);
        var blind = ModuleParity.Compare(candidate, reference, [randn(6, 3)], new ModuleParityOptions { RequiredPower = 1e-15 });

        Assert.Equal(7, report.Planted.Count);
        Assert.All(report.Planted, planted => Assert.True(planted.Caught, planted.Where));
        Assert.Equal(Verdict.Inconclusive, blind.Verdict);
        Assert.Contains(blind.BlindSpots, text => text.StartsWith("output can't be told apart to 1E-15", StringComparison.Ordinal));
    }

    private static List<Tensor> Values(params nn.Module[] modules) =>
        [.. modules.SelectMany(module => module.parameters().Select(parameter => parameter.detach()).Concat(module.buffers()).Concat(module.parameters().Select(parameter => parameter.grad!))).Select(tensor => tensor.clone())];

    /// <summary>Computes with copies of its parameters, which nobody knows of.</summary>
    private sealed class HiddenLinear : nn.Module<Tensor, Tensor>
    {
        private readonly Func<(Tensor weight, Tensor bias)> _tensors;

        public HiddenLinear()
            : base("HiddenLinear")
        {
            var (weight, bias) = (new Parameter(ones(3, 3)), new Parameter(ones(3)));
            register_parameter("weight", weight);
            register_parameter("bias", bias);
            _tensors = () => (weight, bias);
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, _tensors().weight, _tensors().bias);
    }

    private sealed class NaiveVariance() : nn.Module<Tensor, Tensor>("NaiveVariance")
    {
        public override Tensor forward(Tensor input)
        {
            var mean = input.mean([-1], keepdim: true);         // [N, 1]
            var variance = input.square().mean([-1], keepdim: true) - mean.square(); // [N, 1]
            return (input - mean) / (variance + 1e-5).sqrt();
        }
    }

    private sealed class Product(double factor) : nn.Module<Tensor, Tensor, Tensor>("Product")
    {
        public override Tensor forward(Tensor first, Tensor second) => first * second * factor;
    }
}
