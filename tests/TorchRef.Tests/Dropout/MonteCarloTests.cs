using TorchRef.Dropout;
using TorchRef.Normalization;
using static TorchRef.Tests.Dropout.DropoutFamily;
using static TorchSharp.torch;
using InvertedDropout = TorchRef.Dropout.Dropout;

namespace TorchRef.Tests.Dropout;

public sealed class MonteCarloTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void MeanAndDeviationAreThoseOfTheDraws()
    {
        const int samples = 30;
        var (mean, deviation) = MonteCarlo.Predict(new InvertedDropout(), ones([100], float64), samples, seed: 1); // [100], [100]
        // Each draw is 0 or 2, so Σ(y − m)² = T·m·(2 − m).
        var expected = (mean * (2 - mean) * samples / (samples - 1)).sqrt(); // [100]
        Assert.InRange((deviation - expected).abs().max().item<double>(), 0, 1e-13);
        Near(1, mean.mean(), within: 0.08);                     // 3000 draws of deviation 1: 4.4 standard errors
        var (_, biased) = MonteCarlo.Predict(new InvertedDropout(), ones([100], float64), samples, seed: 1, unbiased: false); // -, [100]
        Assert.InRange((biased - (mean * (2 - mean)).sqrt()).abs().max().item<double>(), 0, 1e-13);
    }

    [Fact]
    public void BehindADropoutALinearNetworkTendsToItsEvaluation()
    {
        const int samples = 2000;
        manual_seed(9);
        var classic = nn.Sequential(("drop", new ClassicDropout(0.3)), ("linear", nn.Linear(20, 4, dtype: float64)));
        var inverted = nn.Sequential(("drop", new InvertedDropout(0.3)), ("linear", nn.Linear(20, 4, dtype: float64)));
        foreach (var network in new[] { classic, inverted })
        {
            var (mean, deviation) = MonteCarlo.Predict(network, Numbers([6, 20]), samples, seed: 2); // [6, 4], [6, 4]
            network.eval();
            var scaled = network.call(Numbers([6, 20]));        // [6, 4]
            var errors = (mean - scaled).abs() * Math.Sqrt(samples) / deviation; // [6, 4], in standard errors
            Assert.InRange(errors.max().item<double>(), 0.1, 5);
        }
    }

    [Theory]
    [InlineData("Dropout")]
    [InlineData("Dropout1d")]
    [InlineData("Dropout2d")]
    [InlineData("Dropout3d")]
    [InlineData("AlphaDropout")]
    [InlineData("FeatureAlphaDropout")]
    public void SwitchesEveryKindOfDropoutOfBothLibraries(string name)
    {
        foreach (var dropout in new[] { Make(name), MakeReference(name, 0.5) })
        {
            dropout.eval();
            var (_, deviation) = MonteCarlo.Predict(nn.Sequential(("drop", dropout)), Numbers(ShapeFor(name)), 8, seed: 3);
            Assert.True(deviation.gt(0).any().item<bool>());
            Assert.False(dropout.training);
        }
    }

    [Fact]
    public void LeavesBatchStatisticsAndModesAlone()
    {
        var norm = new BatchNorm1d(5, dtype: float64);
        var frozen = new InvertedDropout();
        var network = nn.Sequential(("norm", norm), ("drop", frozen), ("inner", nn.Sequential(("drop", new InvertedDropout()))));
        network.train();
        frozen.eval();
        var (mean, _) = MonteCarlo.Predict(network, Numbers([4, 5]), 3, seed: 1);
        Assert.Equal(0, norm.NumBatchesTracked!.item<long>());
        Assert.False(frozen.training);
        Assert.All(network.modules().Where(module => module != frozen), module => Assert.True(module.training, module.GetName()));
        Assert.False(mean.requires_grad);
    }

    [Fact]
    public void RestoresModesAndTheRandomStreamAfterAFailure()
    {
        var network = nn.Sequential(("drop", new InvertedDropout()), ("linear", nn.Linear(3, 1)));
        network.eval();
        manual_seed(5);
        Assert.ThrowsAny<Exception>(() => MonteCarlo.Predict(network, ones([2, 4]), 3, seed: 1));
        Assert.Throws<OperationCanceledException>(() => MonteCarlo.Predict(network, ones([2, 3]), 3, seed: 1, stop: new CancellationToken(true)));
        var next = rand([3]);
        manual_seed(5);
        Same(rand([3]), next);
        Assert.All(network.modules(), module => Assert.False(module.training));
    }

    [Fact]
    public void TheSeedAloneDecides()
    {
        var input = Numbers([10]);                              // [10]
        var (one, _) = MonteCarlo.Predict(new InvertedDropout(), input, 4, seed: 1);
        rand([7]);
        var (same, _) = MonteCarlo.Predict(new InvertedDropout(), input, 4, seed: 1);
        var (other, _) = MonteCarlo.Predict(new InvertedDropout(), input, 4, seed: 2);
        Same(one, same);
        Assert.False(one.eq(other).all().item<bool>());
        manual_seed(1);
        var (unseeded, _) = MonteCarlo.Predict(new InvertedDropout(), input, 4);
        Same(one, unseeded);
    }

    [Fact]
    public void OnlyWhatIsChosenDrops()
    {
        var (first, second) = (new InvertedDropout(1), new InvertedDropout(0.5));
        var network = nn.Sequential(("first", first), ("second", second));
        var (mean, _) = MonteCarlo.Predict(network, ones([50]), 4, seed: 1, isDropout: module => module == second);
        Assert.True(mean.gt(0).any().item<bool>());
    }

    [Fact]
    public void KeepsNothingButItsResults()
    {
        var network = new InvertedDropout();
        var input = ones([3], float32);
        using var scope = NewDisposeScope();
        var (mean, deviation) = MonteCarlo.Predict(network, input, 5, seed: 1);
        Assert.Equal(2, scope.DisposablesCount);
        Assert.Equal((float32, float32), (mean.dtype, deviation.dtype));
    }

    [Fact]
    public void AsksForSeveralSamplesAndForADropout()
    {
        Assert.Equal("a deviation needs several samples: expected at least 2 but got 1", Assert.Throws<ArgumentException>(() => MonteCarlo.Predict(new InvertedDropout(), ones([1]), 1)).Message);
        Assert.Equal("a deviation needs several samples: expected at least 1 but got 0", Assert.Throws<ArgumentException>(() => MonteCarlo.Predict(new InvertedDropout(), ones([1]), 0, unbiased: false)).Message);
        Assert.Equal("the network must drop something: expected at least one dropout module but got none", Assert.Throws<ArgumentException>(() => MonteCarlo.Predict(nn.Sequential(("relu", nn.ReLU())), ones([1]), 2)).Message);
    }
}
