using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Pruning;

namespace TorchRef.Experiments.Tests.Search;

public sealed class PrunerTests
{
    [Fact]
    public void The_median_stops_what_never_was_as_good_as_half_of_the_others()
    {
        var pruner = new MedianPruner(others: 3);
        Assert.True(pruner.Prunes(0.1, best: 0.2, [0.1, 0.3, 0.5]));
        Assert.False(pruner.Prunes(0.1, best: 0.3, [0.1, 0.3, 0.5]));
        Assert.False(pruner.Prunes(0.1, best: 0.1, [0.3, 0.5]));
        Assert.Equal([10, 15, 20], Enumerable.Range(0, 22).Where(pruner.IsDue));
    }

    [Fact]
    public void Halving_lets_one_in_three_go_on_at_rungs_that_are_three_times_as_far_apart()
    {
        var pruner = new SuccessiveHalving(first: 2);
        Assert.Equal([1, 5, 17], Enumerable.Range(0, 50).Where(pruner.IsDue));
        double[] accuracies = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        Assert.Equal([0.7, 0.8, 0.9], accuracies.Where(own => !pruner.Prunes(own, own, [.. accuracies.Where(other => other != own)])));
        Assert.False(pruner.Prunes(0, 0, [1]));
    }

    [Fact]
    public void A_pruner_that_nobody_knows_is_refused() =>
        Assert.Equal("a pruner must be known: expected none, median or halving but got 'mean'", Assert.Throws<SearchException>(() => Pruner.Named("mean", 50)).Message);
}
