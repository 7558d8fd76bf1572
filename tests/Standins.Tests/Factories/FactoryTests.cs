using static TorchSharp.torch;

namespace Standins.Tests.Factories;

public sealed class FactoryTests
{
    [Fact]
    public void Sizes_are_given_as_numbers_arrays_or_spans()
    {
        Assert.Equal([2, 3], zeros(2, 3).shape);
        Assert.Equal([2, 3, 4], ones(2L, 3L, 4L).shape);
        Assert.Equal([5], empty([5L]).shape);
        Assert.Equal([1, 2], rand(stackalloc long[] { 1, 2 }).shape);
        Assert.Equal([1, 2, 3, 4], randn(1, 2, 3, 4).shape);
        Assert.Empty(zeros(Array.Empty<long>()).shape);
    }

    [Fact]
    public void A_full_tensor_takes_its_type_from_an_integer_and_the_default_from_a_real_number()
    {
        Assert.Equal(ScalarType.Int64, full(2, 2, 5).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 2, 5.5).dtype);
        Assert.Equal([5f, 5f], full(2, 5, float32).data<float>().ToArray());
    }

    [Fact]
    public void A_range_of_integers_is_integral_and_stops_before_its_end()
    {
        Assert.Equal([1L, 3L], arange(1, 5, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f], arange(0, 1, 0.25).data<float>().ToArray());
        Assert.Equal(ScalarType.ComplexFloat32, arange(3, dtype: complex64).dtype);
    }

    [Fact]
    public void Linspace_ends_at_its_end()
    {
        Assert.Equal([0.0, 0.5, 1.0], linspace(0, 1, 3, float64).data<double>().ToArray());
        Assert.Equal([1.0, 10.0, 100.0], logspace(0, 2, 3, dtype: float64).data<double>().ToArray());
    }

    [Fact]
    public void A_seed_fixes_what_is_drawn_from_a_generator()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        Assert.True(rand(5, generator: first).Equals(rand(5, generator: second)));
        Assert.True(randn(5, generator: first).Equals(randn(5, generator: second)));
        Assert.True(randint(10, [20L], generator: first).Equals(randint(10, [20L], generator: second)));
        Assert.True(randperm(9, generator: first).Equals(randperm(9, generator: second)));
    }

    [Fact]
    public void Random_integers_stay_below_the_upper_bound()
    {
        var drawn = randint(2, 5, [200L]).data<long>().ToArray();
        Assert.Equal([2L, 3L, 4L], drawn.Distinct().Order());
    }

    [Fact]
    public void A_permutation_holds_every_number_once()
    {
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (long)i), randperm(9).data<long>().ToArray().Order());
    }

    [Fact]
    public void Samples_of_a_continuous_distribution_are_not_integral()
    {
        Assert.Throws<ArgumentException>(() => rand(2, dtype: int64));
    }

    [Fact]
    public void A_tensor_like_another_takes_what_is_not_said_from_it()
    {
        var source = arange(6).reshape(2, 3);
        Assert.Equal([2, 3], zeros_like(source).shape);
        Assert.Equal(ScalarType.Int64, ones_like(source).dtype);
        Assert.Equal(ScalarType.Float64, source.rand_like(float64).dtype);
        Assert.Equal([7L, 7L], source.new_full(2, 7).data<long>().ToArray());
        Assert.Equal(ScalarType.Int64, source.new_zeros(4, 4).dtype);
    }

    [Fact]
    public void A_tensor_can_require_its_gradient_from_the_start()
    {
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        Assert.True(tensor(new[] { 1f }, requires_grad: true).requires_grad);
        Assert.False(zeros(2).requires_grad);
    }
}
