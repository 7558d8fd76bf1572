using TorchRef.Interop.DataViews;

namespace TorchRef.Interop.Tests.DataViews;

public sealed class RowPermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(65_536)]
    public void Each_row_has_one_place(int count)
    {
        var order = new RowPermutation(count, new Random(1));

        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), Enumerable.Range(0, count).Select(i => order.At(i)).Order());
    }

    [Fact]
    public void All_orders_of_three_rows_are_equally_frequent()
    {
        var random = new Random(1);
        const int Draws = 6000;

        var counts = Enumerable.Range(0, Draws).Select(_ => new RowPermutation(3, random)).GroupBy(order => (order.At(0), order.At(1), order.At(2))).Select(group => group.Count()).ToList();

        // Chi-squared of five degrees of freedom is above 20.5 once in a thousand draws.
        Assert.Equal(6, counts.Count);
        Assert.InRange(counts.Sum(count => Math.Pow(count - Draws / 6.0, 2) / (Draws / 6.0)), 0, 20.5);
    }

    [Fact]
    public void Where_a_row_goes_says_nothing_about_its_neighbour()
    {
        const int Count = 10_000;
        var order = new RowPermutation(Count, new Random(2));
        var places = Enumerable.Range(0, Count).Select(i => (double)order.At(i)).ToArray();
        var mean = (Count - 1) / 2.0;
        var spread = places.Sum(place => (place - mean) * (place - mean));

        var neighbours = places.Zip(places.Skip(1), (a, b) => (a - mean) * (b - mean)).Sum() / spread;
        var origin = places.Select((place, i) => (place - mean) * (i - mean)).Sum() / spread;

        // Correlations of random orders spread by 1/√n = 0.01.
        Assert.InRange(neighbours, -0.04, 0.04);
        Assert.InRange(origin, -0.04, 0.04);
        Assert.InRange(places.Where((place, i) => place == i).Count(), 0, 8);
    }
}
