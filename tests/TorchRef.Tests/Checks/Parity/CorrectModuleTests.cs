using TorchRef.Checks;
using TorchRef.Dropout;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Parity;

/// <summary>Modules that are right are never called wrong: all of TorchRef's against torch.nn, over shapes, settings and scales.</summary>
public sealed class CorrectModuleTests
{
    public static TheoryData<double, double> Scales
    {
        get
        {
            var data = new TheoryData<double, double>();
            foreach (var scale in new[] { 1e-6, 1e-3, 1, 1e3, 1e6 })
                foreach (var offset in new[] { 0.0, 10, 1000 }) data.Add(scale, offset);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Batch_normalisation_passes_at_any_scale_and_offset(double scale, double offset) => Law.Holds(sample =>
    {
        var shape = sample.BatchShape(sample.Pick(2, 3, 4));
        var x = sample.Normal(shape, sample.FloatType(), offset) * scale;
        var momentum = sample.Pick<double?>(0.1, 0.5, null);
        using var reference = Reference(shape, momentum);
        using var candidate = Own(shape, momentum, sample.Form());
        Passes(candidate, reference, x);
    }, samples: 2);

    [Fact]
    public void Layer_group_and_instance_normalisation_pass() => Law.Holds(sample =>
    {
        var x = sample.Batch([sample.Between(2, 4), 4, sample.Between(2, 4), 3], sample.FloatType());
        Passes(new LayerNorm([x.shape[2], 3]), nn.LayerNorm([x.shape[2], 3]), x);
        Passes(new LayerNorm(3), nn.LayerNorm(3), x);
        Passes(new GroupNorm(2, 4), nn.GroupNorm(2, 4), x);
        Passes(new InstanceNorm2d(4, affine: true, track_running_stats: true), nn.InstanceNorm2d(4, affine: true, track_running_stats: true), x);
        Passes(new InstanceNorm2d(4), nn.InstanceNorm2d(4), x);
    }, samples: 4);

    [Fact]
    public void Dropouts_pass() => Law.Holds(sample =>
    {
        var p = sample.Pick(0, 0.1, 0.5, 0.9, 1);
        var x = sample.Normal([sample.Between(2, 5), 4, 3], sample.FloatType());
        Passes(new TorchRef.Dropout.Dropout(p), nn.Dropout(p), x);
        Passes(new Dropout1d(p), nn.Dropout1d(p), x);
        Passes(new Dropout2d(p), nn.Dropout2d(p), x.unsqueeze(-1));
        Passes(new AlphaDropout(p), nn.AlphaDropout(p), x);
    }, samples: 6);

    [Fact]
    public void Layers_pass() => Law.Holds(sample =>
    {
        var (n, inputs, outputs) = (sample.Between(1, 6), sample.Between(1, 6), sample.Between(1, 6));
        var x = sample.Normal([n, inputs], sample.FloatType());
        Passes(new Affine(inputs, outputs), nn.Linear(inputs, outputs), x, new ModuleParityOptions { CompareStateDict = true });
        Passes(new ReLU(), nn.ReLU(), x);
        Passes(new Sigmoid(), nn.Sigmoid(), x);
        Passes(new Tanh(), nn.Tanh(), x);
    }, samples: 10);

    [Fact]
    public void A_network_passes_in_both_orders()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        nn.Module<Tensor, Tensor> Network(bool own) => nn.Sequential(
            ("conv", nn.Conv2d(2, 4, 3)), ("norm", own ? new BatchNorm2d(4) : nn.BatchNorm2d(4)), ("tanh", own ? new Tanh() : nn.Tanh()), ("drop", own ? new TorchRef.Dropout.Dropout(0.2) : nn.Dropout(0.2)),
            ("flat", nn.Flatten()), ("linear", own ? new Affine(36, 3) : nn.Linear(36, 3)));

        var report = ModuleParity.Compare(Network(true), Network(false), [randn(6, 2, 5, 5), randn(5, 2, 5, 5)], new ModuleParityOptions { Order = 2 });

        Assert.True(report.Verdict == Verdict.Pass, Text(report));
    }

    private static void Passes(nn.Module<Tensor, Tensor> candidate, nn.Module<Tensor, Tensor> reference, Tensor x, ModuleParityOptions? options = null)
    {
        using (candidate)
        using (reference)
        {
            var report = ModuleParity.Compare(candidate, reference, [x], options);
            Assert.True(report.Verdict == Verdict.Pass, Text(report));
        }
    }

    private static string Text(ModuleParityReport report) =>
        $"{report.Subject} {report.Verdict} {report.Diagnosis}\n{report.FirstDivergence}\n{string.Join("\n", report.Findings)}\n{string.Join("\n", report.BlindSpots)}\n{string.Join("\n", report.Entries.Where(entry => entry.Verdict != Verdict.Pass))}";

    private static nn.Module<Tensor, Tensor> Reference(long[] shape, double? momentum)
    {
        TorchSharp.Modules.NormBase norm = shape.Length == 4 ? nn.BatchNorm2d(shape[1]) : nn.BatchNorm1d(shape[1]);
        norm.momentum = momentum;
        return norm;
    }

    private static nn.Module<Tensor, Tensor> Own(long[] shape, double? momentum, BatchNormForm form) =>
        shape.Length == 4 ? new BatchNorm2d(shape[1], momentum: momentum, form: form) : new BatchNorm1d(shape[1], momentum: momentum, form: form);
}
