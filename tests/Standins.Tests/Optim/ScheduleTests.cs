using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Standins.Tests.Optim;

/// <summary>Nine epochs of each schedule, against what Python's PyTorch 1.13 made of the same arguments.</summary>
public class ScheduleTests
{
    private static readonly Dictionary<string, (Func<torch.optim.Optimizer, LRScheduler> Make, double[] Rates)> s_cases = new()
    {
        ["StepLR 3, 0.5"] = (o => StepLR(o, 3, 0.5), [0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1]),
        ["MultiStepLR [2, 5], 0.5"] = (o => MultiStepLR(o, [2, 5], 0.5), [0.4, 0.4, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1]),
        ["ExponentialLR 0.9"] = (o => ExponentialLR(o, 0.9), [0.4, 0.36000000000000004, 0.32400000000000007, 0.2916000000000001, 0.26244000000000006, 0.23619600000000007, 0.21257640000000008, 0.1913187600000001, 0.1721868840000001]),
        ["ConstantLR 0.25, 4"] = (o => ConstantLR(o, 0.25, 4), [0.1, 0.1, 0.1, 0.1, 0.4, 0.4, 0.4, 0.4, 0.4]),
        ["LinearLR 0.25, 0.75, 4"] = (o => LinearLR(o, 0.25, 0.75, 4), [0.1, 0.15000000000000002, 0.2, 0.25, 0.3, 0.3, 0.3, 0.3, 0.3]),
        ["PolynomialLR 6, 2"] = (o => PolynomialLR(o, 6, 2), [0.4, 0.27777777777777785, 0.17777777777777787, 0.10000000000000003, 0.04444444444444447, 0.01111111111111111, 0.0, 0.0, 0.0]),
        ["LambdaLR epoch => 1 / (epoch + 1)"] = (o => LambdaLR(o, epoch => 1.0 / (epoch + 1)), [0.4, 0.2, 0.13333333333333333, 0.1, 0.08000000000000002, 0.06666666666666667, 0.05714285714285714, 0.05, 0.044444444444444446]),
        ["MultiplicativeLR epoch => 0.5 + 0.01 * epoch"] = (o => MultiplicativeLR(o, epoch => 0.5 + 0.01 * epoch), [0.4, 0.20400000000000001, 0.10608000000000001, 0.056222400000000006, 0.030360096000000007, 0.016698052800000005, 0.009350909568000004, 0.005330018453760002, 0.003091410703180801]),
        ["CosineAnnealingLR 4, 0.1"] = (o => CosineAnnealingLR(o, 4, 0.1), [0.4, 0.35606601717798214, 0.25, 0.1439339828220179, 0.1, 0.1439339828220179, 0.2500000000000001, 0.35606601717798236, 0.40000000000000036]),
        ["CyclicLR 0.1, 0.5, 2, 3"] = (o => CyclicLR(o, 0.1, 0.5, 2, 3), [0.1, 0.29999999999999993, 0.4999999999999999, 0.3666666666666666, 0.2333333333333333, 0.1, 0.30000000000000016, 0.4999999999999999, 0.3666666666666666]),
        ["CyclicLR 0.1, 0.5, 2, mode: CyclicLR.Mode.Triangular2, cycle_momentum: false"] = (o => CyclicLR(o, 0.1, 0.5, 2, mode: impl.CyclicLR.Mode.Triangular2, cycle_momentum: false), [0.1, 0.30000000000000004, 0.5, 0.30000000000000004, 0.1, 0.2, 0.30000000000000004, 0.2, 0.1]),
        ["OneCycleLR 0.5, total_steps: 10"] = (o => OneCycleLR(o, 0.5, total_steps: 10), [0.020000000000000018, 0.26, 0.5, 0.47524231600673683, 0.40587282697488153, 0.30563101096814466, 0.19437098903185537, 0.09412917302511849, 0.024759683993263143]),
        ["OneCycleLR 0.5, epochs: 5, steps_per_epoch: 2, anneal_strategy: OneCycleLR.AnnealStrategy.Linear, three_phase: true"] = (o => OneCycleLR(o, 0.5, epochs: 5, steps_per_epoch: 2, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true), [0.02, 0.26, 0.5, 0.26, 0.020000000000000018, 0.016000399999999998, 0.012000799999999999, 0.0080012, 0.0040015999999999975]),
        ["SequentialLR"] = (o => SequentialLR(o, [ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], [3]), [0.04000000000000001, 0.04000000000000001, 0.4000000000000001, 0.4, 0.36000000000000004, 0.32400000000000007, 0.2916000000000001, 0.26244000000000006, 0.23619600000000007]),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schedule_sets_the_rates_that_PyTorchs_sets(string name)
    {
        var (make, rates) = s_cases[name];
        using var parameter = new Parameter(torch.tensor(1.0));
        using var optimizer = torch.optim.SGD([parameter], 0.4, momentum: 0.9);
        var schedule = make(optimizer);
        foreach (var rate in rates)
        {
            Assert.Equal(rate, optimizer.ParamGroups.Single().LearningRate, 1e-14);
            Assert.Equal(rate, schedule.get_last_lr().Single(), 1e-14);
            optimizer.step();
            schedule.step();
        }
    }

    [Fact]
    public void OneCycle_moves_the_momentum_the_other_way()
    {
        using var parameter = new Parameter(torch.tensor(1.0));
        using var optimizer = torch.optim.SGD([parameter], 0.4, momentum: 0.9);
        var schedule = OneCycleLR(optimizer, 0.5, total_steps: 10);
        foreach (var momentum in new[] { 0.95, 0.8999999999999999, 0.85, 0.854951556604879, 0.8688255099070633 })
        {
            Assert.Equal(momentum, ((torch.optim.IMomentum)optimizer.ParamGroups.Single()).Momentum, 1e-14);
            schedule.step();
        }
    }

    [Fact]
    public void A_plateau_reduces_the_rate_after_patience_and_then_cools_down()
    {
        using var parameter = new Parameter(torch.tensor(1.0));
        using var optimizer = torch.optim.SGD([parameter], 0.4);
        var schedule = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1, cooldown: 1, threshold: 0.1);
        var rates = new List<double>();
        foreach (var metric in new[] { 1, 1, 1, 1, 1, 0.5, 0.49, 0.48, 0.47 })
        {
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            schedule.step(metric);
        }
        Assert.Equal([0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.1], rates);
        Assert.Throws<InvalidOperationException>(() => schedule.step());
    }

    [Fact]
    public void A_step_to_an_epoch_starts_from_the_first_rate()
    {
        using var parameter = new Parameter(torch.tensor(1.0));
        using var optimizer = torch.optim.SGD([parameter], 0.4);
        var schedule = StepLR(optimizer, 2, 0.5);
        schedule.step(5);
        Assert.Equal(0.1, optimizer.ParamGroups.Single().LearningRate, 1e-15);
    }
}
