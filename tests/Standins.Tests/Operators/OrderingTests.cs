using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class OrderingTests
{
    [Fact]
    public void Sorting_gives_values_and_where_they_were()
    {
        var (values, places) = Near.Doubles(3, 1, 2).sort();
        Near.Equal([1, 2, 3], values);
        Near.Equal([1, 2, 0], places);
        (values, places) = torch.sort(Near.Doubles(3, 1, 2), descending: true);
        Near.Equal([3, 2, 1], values);
        Near.Equal([0, 2, 1], places);
        Near.Equal([1, 2, 0], Near.Doubles(3, 1, 2).argsort());
    }

    [Fact]
    public void A_stable_sort_keeps_equal_elements_in_their_order()
    {
        var (_, places) = Near.Doubles(1, 0, 1, 0, 1).sort(stable: true);
        Near.Equal([1, 3, 0, 2, 4], places);
    }

    [Fact]
    public void The_largest_or_smallest_few_are_found()
    {
        var (values, places) = Near.Doubles(5, 9, 1, 7).topk(2);
        Near.Equal([9, 7], values);
        Near.Equal([1, 3], places);
        Near.Equal([1, 5], torch.topk(Near.Doubles(5, 9, 1, 7), 2, largest: false).values);
    }

    [Fact]
    public void The_kth_value_counts_from_the_smallest_along_the_last_dimension()
    {
        var (values, places) = Near.Doubles(5, 9, 1, 7).kthvalue(2, null);
        Near.Equal(5, values);
        Near.Equal(0, places);
    }

    [Fact]
    public void The_median_of_an_even_number_is_the_lower_one() => Near.Equal(2, Near.Doubles(4, 1, 2, 3).median());

    [Fact]
    public void The_mode_is_what_occurs_most() => Near.Equal(2, Near.Doubles(1, 2, 2, 3).mode().values);

    [Fact]
    public void Quantiles_are_interpolated()
    {
        Near.Equal([1, 2.5, 4], Near.Doubles(4, 1, 2, 3).quantile(Near.Doubles(0, 0.5, 1)));
        Near.Equal(1.5, torch.nanquantile(Near.Doubles(double.NaN, 1, 2), tensor(0.5)));
    }

    [Fact]
    public void Distinct_elements_come_with_their_counts_when_asked_for()
    {
        var x = tensor(new[] { 3L, 1L, 3L });
        var (distinct, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Near.Equal([1, 3], distinct);
        Near.Equal([1, 0, 1], inverse!);
        Near.Equal([1, 2], counts!);
        (distinct, _, _) = tensor(new[] { 1L, 1L, 2L, 1L }).unique_consecutive();
        Near.Equal([1, 2, 1], distinct);
    }

    [Fact]
    public void Elements_are_counted_in_bins()
    {
        Near.Equal([0, 2, 1], torch.bincount(tensor(new[] { 1L, 1L, 2L })));
        Near.Equal([0, 2, 1, 0], torch.bincount(tensor(new[] { 1L, 1L, 2L }), minlength: 4));
        Near.Equal([2, 1], Near.Doubles(0, 0.4, 1).histc(2, 0, 1));
    }

    [Fact]
    public void A_place_in_sorted_boundaries_is_found()
    {
        var boundaries = Near.Doubles(1, 2, 3);
        Near.Equal([1, 1], Near.Doubles(1.5, 2).bucketize(boundaries));
        Near.Equal([1, 2], torch.searchsorted(boundaries, Near.Doubles(1.5, 2), right: true));
    }

    [Fact]
    public void Covariance_divides_by_one_less()
    {
        var x = Near.Matrix(new double[,] { { 1, 2, 3 }, { 6, 4, 2 } });
        Near.Equal([1, -2, -2, 4], x.cov());
        Near.Equal([1, -1, -1, 1], torch.corrcoef(x));
    }

    [Fact]
    public void Membership_is_element_by_element() => Near.Equal([1, 0, 1], tensor(new[] { 1L, 2L, 3L }).isin(tensor(new[] { 3L, 1L })));
}
