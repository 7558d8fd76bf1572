using TorchSharp;
using TorchSharp.Modules;

namespace Standins.Tests.Optim;

/// <summary>Eight steps of each rule, against what Python's PyTorch 1.13 made of the same start and loss in float64.</summary>
public class OptimizerTrajectoryTests
{
    private static readonly Dictionary<string, (Func<IEnumerable<Parameter>, torch.optim.Optimizer> Make, double[] After)> s_cases = new()
    {
        ["SGD 0.05"] = (p => torch.optim.SGD(p, 0.05), [1.0601944549878637, -0.5481998833124494, 1.1542617707470866, 0.2034704532582309, -1.1567424195893596]),
        ["SGD 0.05, momentum 0.9, dampening 0.25"] = (p => torch.optim.SGD(p, 0.05, momentum: 0.9, dampening: 0.25), [1.1160872977339675, -0.6612026612399696, 1.88914338228809, -0.9498765011806971, -0.8863676439623709]),
        ["SGD 0.05, momentum 0.9, weight_decay 0.1, nesterov true"] = (p => torch.optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.1, nesterov: true), [1.414175965190695, -0.18785591633170257, 1.68103902633346, -1.7053648561399546, -1.3286631273268357]),
        ["SGD 0.01, momentum 0.5, maximize true"] = (p => torch.optim.SGD(p, 0.01, momentum: 0.5, maximize: true), [0.94504270551257, -0.4958714299364802, -0.14833581054484224, 0.9086273564543487, -2.0624014814093656]),
        ["Adam 0.1"] = (p => torch.optim.Adam(p, 0.1), [1.0853107446604782, -0.5014434255833556, 1.0436984790764692, -0.05006592925047085, -0.8802662659930613]),
        ["Adam 0.1, 0.8, 0.95, 1e-6, 0.2, amsgrad true"] = (p => torch.optim.Adam(p, 0.1, 0.8, 0.95, 1e-6, 0.2, amsgrad: true), [1.0943892094582917, -0.4089677838435408, 1.037424261580255, -0.05176192202276547, -0.9142575810724525]),
        ["AdamW 0.1, weight_decay 0.3"] = (p => torch.optim.AdamW(p, 0.1, weight_decay: 0.3), [1.052645004523463, -0.585915799196039, 0.9115173065308487, -0.12807491856965703, -0.6990230335137073]),
        ["AdamW 0.1, amsgrad true, maximize true"] = (p => torch.optim.AdamW(p, 0.1, amsgrad: true, maximize: true), [0.21123671085142437, 0.3034227944746998, -0.5504648491403218, 1.5575940696106065, -2.3015646890888415]),
        ["RMSProp 0.02, weight_decay 0.1"] = (p => torch.optim.RMSProp(p, 0.02, weight_decay: 0.1), [1.1843502722266164, -0.019799685685672253, 1.086483214512544, -0.20429070158672571, -1.1700533085857991]),
        ["RMSProp 0.02, alpha 0.9, momentum 0.5, centered true"] = (p => torch.optim.RMSProp(p, 0.02, alpha: 0.9, momentum: 0.5, centered: true), [1.1388827276273479, -0.4778854510318451, 0.8875468224583274, 0.09314265834586839, -1.0988112775101542]),
        ["Adagrad 0.2, lr_decay 0.01, weight_decay 0.1, initial_accumulator_value 0.5"] = (p => torch.optim.Adagrad(p, 0.2, lr_decay: 0.01, weight_decay: 0.1, initial_accumulator_value: 0.5), [1.1488440618111333, -0.36387304301964757, 1.046108604328488, -0.09032107765982673, -1.1300681244794686]),
        ["Adadelta 1.5, weight_decay 0.1"] = (p => torch.optim.Adadelta(p, 1.5, weight_decay: 0.1), [1.0302976103809747, -0.534436636609222, 0.2900768122333471, 0.710165743759862, -1.4611537649940565]),
        ["Adamax 0.05, weight_decay 0.1"] = (p => torch.optim.Adamax(p, 0.05, weight_decay: 0.1), [1.043769622172339, -0.556043138084867, 0.6456227941171878, 0.36540191337783373, -1.1895170245069564]),
        // PyTorch 1.13 takes a momentum twice here; this is the rule as later versions have it, in Python.
        ["NAdam 0.05, weight_decay 0.1"] = (p => torch.optim.NAdam(p, 0.05, weight_decay: 0.1), [1.0589604667583206, -0.5458591816779625, 0.5678307996475906, 0.4341912520379638, -1.2312436931304191]),
        // With so short an average it never rectifies: there TorchSharp takes the learning rate twice.
        ["RAdam 0.05, beta2 0.5, weight_decay 0.1"] = (p => torch.optim.RAdam(p, 0.05, beta2: 0.5, weight_decay: 0.1), [1.0157317579087544, -0.5590671206385769, 1.204681368087281, 0.21558472966853703, -0.939502420692505]),
        ["Rprop 0.05"] = (p => torch.optim.Rprop(p, 0.05), [1.0836000000000001, -0.5812, 1.0749542399999998, -0.07495423999999992, -1.065712]),
        ["ASGD 0.05, lambd 0.01, t0 3, weight_decay 0.1"] = (p => torch.optim.ASGD(p, 0.05, lambd: 0.01, t0: 3, weight_decay: 0.1), [1.0314018604384967, -0.5314579428654077, 1.129450733428105, 0.19046002525968578, -1.125523836337852]),
    };

    public static TheoryData<string> Names => new(s_cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_goes_where_PyTorchs_goes(string name)
    {
        var (make, after) = s_cases[name];
        using var scope = torch.NewDisposeScope();
        var (a, b, unused) = Start();
        using var optimizer = make([a, b, unused]);
        for (var i = 0; i < 8; i++)
        {
            optimizer.zero_grad();
            Loss(a, b).backward();
            optimizer.step();
        }
        AssertClose(after, a, b);
        Assert.Equal(7.0, unused.item<double>());
    }

    [Fact]
    public void A_rule_takes_a_closure_and_returns_its_first_loss()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b, _) = Start();
        using var optimizer = torch.optim.SGD([a, b], 0.05);
        var before = Loss(a, b).item<double>();
        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = Loss(a, b);
            value.backward();
            return value;
        });
        Assert.Equal(before, loss.item<double>());
        Assert.NotEqual(before, Loss(a, b).item<double>());
    }

    [Fact]
    public void LBFGS_goes_where_PyTorchs_goes()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b, _) = Start();
        using var optimizer = torch.optim.LBFGS([a, b], lr: 0.1, max_iter: 7, history_size: 4);
        var calls = 0;
        for (var i = 0; i < 3; i++)
        {
            optimizer.step(() =>
            {
                calls++;
                optimizer.zero_grad();
                var value = Loss(a, b);
                value.backward();
                return value;
            });
        }
        Assert.Equal(21, calls);
        AssertClose([1.5792675446121844, 1.089281010064394, 1.8113439489759102, -1.7499281669170754, -1.6103944058533495], a, b);
    }

    private static (Parameter A, Parameter B, Parameter Unused) Start() => (
        new Parameter(torch.tensor(new[] { 1.0, -0.5, 0.25 })),
        new Parameter(torch.tensor(new[,] { { 0.75 }, { -1.5 } })),
        new Parameter(torch.tensor(new[] { 7.0 })));

    private static torch.Tensor Loss(torch.Tensor a, torch.Tensor b) =>
        (a * a * a * a).sum() / 4 - (torch.tensor(new[] { 0.5, -1.0, 2.0 }) * a).sum() + (b * b * b * b).sum() / 4 + a.sum() * b.sum();

    private static void AssertClose(double[] expected, params torch.Tensor[] actual)
    {
        var values = actual.SelectMany(tensor => tensor.data<double>().ToArray()).ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - expected[i]) <= 1e-14 * Math.Max(1, Math.Abs(expected[i])), $"element {i}: expected {expected[i]:r} but got {values[i]:r}");
    }
}
