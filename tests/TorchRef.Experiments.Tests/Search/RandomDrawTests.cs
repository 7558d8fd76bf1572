using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Tests.Search;

public sealed class RandomDrawTests
{
    private const int Draws = 4000;

    [Fact]
    public void Logarithms_are_uniform()
    {
        var range = new FloatDistribution(1e-6, 1e-2, log: true);
        double[] sorted = [.. Draw(range).Select(value => (Math.Log10(value) + 6) / 4).Order()];
        var distance = sorted.Select((value, i) => Math.Abs(value - (i + 0.5) / Draws)).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(Draws), $"expected a Kolmogorov distance below that of p = .001 but got {distance}");
    }

    [Fact]
    public void Grids_and_choices_are_hit_evenly_and_nothing_else()
    {
        foreach (Distribution distribution in (Distribution[])[new IntDistribution(10, 40, step: 10), new FloatDistribution(0, 0.3, step: 0.1), new CategoricalDistribution(1L, 2L, 3L, 4L)])
        {
            double[] values = [.. Draw(distribution)];
            Assert.All(values, value => Assert.True(distribution.Contains(value)));
            Assert.All(values.CountBy(value => Math.Round(value, 9)), point => Assert.InRange(point.Value, 850, 1150));
        }
    }

    [Fact]
    public void The_same_seed_and_number_draw_the_same_and_others_do_not()
    {
        var range = new FloatDistribution(0, 1);
        Assert.Equal(RandomDraw.Draw(range, "lr", 3, 7), RandomDraw.Draw(range, "lr", 3, 7));
        Assert.NotEqual(RandomDraw.Draw(range, "lr", 3, 7), RandomDraw.Draw(range, "lr", 3, 8));
        Assert.NotEqual(RandomDraw.Draw(range, "lr", 3, 7), RandomDraw.Draw(range, "lr", 4, 7));
        Assert.NotEqual(RandomDraw.Draw(range, "lr", 3, 7), RandomDraw.Draw(range, "weight_decay", 3, 7));
    }

    private static IEnumerable<double> Draw(Distribution distribution) => Enumerable.Range(0, Draws).Select(number => RandomDraw.Draw(distribution, "x", 1, number));
}
