using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Tests.Checks.Gradients;

public sealed class KinkTests
{
    [Fact]
    public void At_a_kink_any_slope_between_both_sides_is_accepted_and_told()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Right(x => x.relu()), [tensor(new[] { 0.0, 1.5, -0.7 })]);
        Assert.Equal(Verdict.Kink, report.Verdict);
        var entry = report.Entries[0];
        Assert.Equal((Verdict.Kink, 0.0), (entry.Verdict, entry.InputIndex[0]));
        Assert.Equal(0, entry.LeftSlope!.Value, 9);
        Assert.Equal(1, entry.RightSlope!.Value, 9);
        report.ThrowIfFailed();
    }

    [Fact]
    public void A_slope_outside_of_both_is_wrong_at_a_kink_too()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Of(x => x.abs(), x => x * 1.5), [tensor(new[] { 0.0 })], new GradCheckOptions { Vary = false });
        Assert.Equal(Verdict.Fail, report.Verdict);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(3e-6)]
    [InlineData(1e-9)]
    public void Beside_a_kink_the_slope_is_the_one_of_its_side(double distance)
    {
        using var scope = NewDisposeScope();
        var at = tensor(new[] { distance, 1.0, -1.0 });
        Assert.Equal(Verdict.Pass, GradCheck.Run(Forged.Right(x => x.relu()), [at]).Verdict);
        Assert.Equal(Verdict.Fail, GradCheck.Run(Forged.Of(x => x.relu(), x => x * 0.5), [at]).Verdict);
    }

    [Fact]
    public void A_kink_closer_than_any_step_is_reported_with_its_distance()
    {
        using var scope = NewDisposeScope();
        var report = GradCheck.Run(Forged.Right(x => x.abs()), [tensor(new[] { 3e-13, 1.0, -1.0 })]);
        Assert.NotEqual(Verdict.Fail, report.Verdict);
        Assert.All(report.Entries.Where(entry => entry.KinkDistance is not null), entry => Assert.InRange(entry.KinkDistance!.Value, 0, 1e-11));
    }

    [Theory]
    [InlineData("exp(50x)")]
    [InlineData("sin(1000x)")]
    [InlineData("x|x|")]
    [InlineData("1/x near 0")]
    public void A_sharp_bend_is_no_kink(string name)
    {
        using var scope = NewDisposeScope();
        var x = Forged.Normal(1, 6);
        var report = name switch
        {
            "exp(50x)" => GradCheck.Run(Forged.Right(v => (v * 50).exp()), [x]),
            "sin(1000x)" => GradCheck.Run(Forged.Right(v => (v * 1000).sin()), [x]),
            "x|x|" => GradCheck.Run(Forged.Right(v => v * v.abs()), [cat([x, zeros(1, float64)], 0)]),
            _ => GradCheck.Run(Forged.Right(v => 1 / v), [x * x.square() * 1e-2]),
        };
        Assert.True(report.Verdict == Verdict.Pass, report.ToString());
    }

    [Fact]
    public void Ties_of_a_maximum_and_clamped_ends_are_kinks_not_faults()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Verdict.Kink, GradCheck.Run(Forged.Right(x => x.max()), [tensor(new[] { 2.0, 2.0, 1.0 })], new GradCheckOptions { Vary = false }).Verdict);
        Assert.Equal(Verdict.Kink, GradCheck.Run(Forged.Right(x => x.clamp(-1, 1)), [tensor(new[] { 1.0, 0.5, -1.0 })]).Verdict);
    }
}
