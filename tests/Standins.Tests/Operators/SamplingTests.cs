using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class SamplingTests
{
    private static Tensor Many() => zeros(20_000, dtype: ScalarType.Float64);

    private static Generator Seeded() => new(1, CPU);

    private static void Requires(double mean, double deviation, Tensor sample)
    {
        Near.Equal(mean, sample.mean(), 0.03);
        Near.Equal(deviation, sample.std(), 0.03);
    }

    [Fact]
    public void A_distribution_has_its_mean_and_deviation()
    {
        using var generator = Seeded();
        Requires(0.3, Math.Sqrt(0.21), Many().bernoulli_(0.3, generator));
        Requires(0.3, Math.Sqrt(0.21), Many().bernoulli_(full(20_000, 0.3), generator));
        Requires(0.3, Math.Sqrt(0.21), (Many() + 0.3).bernoulli(generator));
        Requires(2, 2 / Math.Sqrt(3), Many().uniform_(0, 4, generator));
        Requires(1, 2, Many().normal_(1, 2, generator));
        Requires(0.5, 0.5, Many().exponential_(2, generator));
        Requires(2, Math.Sqrt(2), Many().geometric_(0.5, generator));
        Requires(4, 2, (Many() + 4).poisson(generator));
    }

    [Fact]
    public void Whole_numbers_lie_below_the_upper_bound()
    {
        var sample = Many().random_(2, 5);
        Near.Equal([2, 3, 4], sample.unique().output);
    }

    [Fact]
    public void The_same_seed_draws_the_same_numbers()
    {
        using var first = Seeded();
        using var second = Seeded();
        Near.Equal(Near.Values(Many().normal_(0, 1, first)), Many().normal_(0, 1, second));
        manual_seed(5);
        var drawn = Near.Values(Many().uniform_(0, 1));
        Assert.NotEqual(drawn, Near.Values(Many().uniform_(0, 1)));
        manual_seed(5);
        Near.Equal(drawn, Many().uniform_(0, 1));
    }

    [Fact]
    public void Draws_without_replacement_are_all_different()
    {
        var drawn = ones(5).multinomial(5);
        Near.Equal([0, 1, 2, 3, 4], drawn.sort().Values);
        Near.Equal([1, 1, 1], Near.Doubles(0, 1, 0).multinomial(3, replacement: true));
    }
}
