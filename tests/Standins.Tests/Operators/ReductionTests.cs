using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class ReductionTests
{
    private static Tensor Grid() => Near.Matrix(new double[,] { { 1, 2, 6 }, { 4, 5, 3 } });

    [Fact]
    public void A_sum_runs_over_all_elements_or_over_dimensions()
    {
        Near.Equal(21, Grid().sum());
        Near.Equal([5, 7, 9], Grid().sum(0L));
        Near.Equal([9, 12], torch.sum(Grid(), -1L));
        Near.Equal([21], Grid().sum([0, 1]).reshape(1));
        Near.Equal(21, Grid().sum(0, 1));
    }

    [Fact]
    public void A_kept_dimension_has_the_size_one()
    {
        Assert.Equal([2, 1], Grid().sum(1, keepdim: true).shape);
        Assert.Equal([1, 3], Grid().mean([0], keepdim: true).shape);
        Assert.Equal([1, 3], Grid().var(0, keepdim: true).shape);
        Assert.Equal([1, 3], Grid().max(0, keepdim: true).values.shape);
        Assert.Equal([2, 1], Grid().argmax(1, keepdim: true).shape);
    }

    [Fact]
    public void A_sum_is_taken_in_the_type_asked_for()
    {
        var bytes = full(300, 1, dtype: ScalarType.Byte);
        Assert.Equal(ScalarType.Int64, bytes.sum().dtype);
        Near.Equal(44, bytes.sum(type: ScalarType.Byte));
        Assert.Equal(ScalarType.Float64, ones(3, dtype: ScalarType.Float32).sum(type: ScalarType.Float64).dtype);
    }

    [Fact]
    public void A_mean_runs_over_all_elements_or_over_dimensions()
    {
        Near.Equal(3.5, Grid().mean());
        Near.Equal([2.5, 3.5, 4.5], Grid().mean([0]));
        Near.Equal([3, 4], torch.mean(Grid(), [1]));
        Assert.Equal(ScalarType.Float64, ones(3, dtype: ScalarType.Int64).mean([0], type: ScalarType.Float64).dtype);
    }

    [Fact]
    public void Missing_values_can_be_left_out()
    {
        var x = Near.Doubles(1, double.NaN, 3);
        Near.Equal(4, x.nansum());
        Near.Equal(1, x.nanmedian());
        Near.Equal(double.NaN, x.sum());
    }

    [Fact]
    public void A_variance_divides_by_one_less_unless_told_otherwise()
    {
        Near.Equal(3.5, Grid().var());
        Near.Equal([4.5, 4.5, 4.5], Grid().var(0));
        Near.Equal([2.25, 2.25, 2.25], Grid().var([0], unbiased: false));
        Near.Equal(17.5 / 6, torch.var(Grid(), (0, 1), unbiased: false));
        Near.Equal([Math.Sqrt(7), 1], Grid().std(1));
        Near.Equal(Math.Sqrt(3.5), torch.std(Grid()));
    }

    [Fact]
    public void Spread_and_mean_come_in_that_order()
    {
        var (variance, mean) = Grid().var_mean([0], unbiased: false);
        Near.Equal([2.25, 2.25, 2.25], variance);
        Near.Equal([2.5, 3.5, 4.5], mean);
        var (deviation, same) = torch.std_mean(Grid());
        Near.Equal(Math.Sqrt(3.5), deviation);
        Near.Equal(3.5, same);
    }

    [Fact]
    public void A_maximum_along_a_dimension_comes_with_its_place()
    {
        var (values, places) = Grid().max(1);
        Near.Equal([6, 5], values);
        Near.Equal([2, 1], places);
        Assert.Equal(ScalarType.Int64, places.dtype);
        (values, places) = torch.min(Grid(), 0);
        Near.Equal([1, 2, 3], values);
        Near.Equal([0, 0, 1], places);
        Near.Equal(6, Grid().max());
        Near.Equal([1, 2, 3], Grid().min().reshape(1) * Near.Doubles(1, 2, 3));
        Near.Equal([3, 3, 6], Grid()[0].max(Near.Doubles(3, 3, 3)));
    }

    [Fact]
    public void Amax_takes_several_dimensions()
    {
        Near.Equal(6, Grid().amax([0, 1]));
        Near.Equal([4, 5, 6], Grid().amax([0]));
        Near.Equal([1, 3], Grid().amin([1]));
        var (low, high) = Grid().aminmax(1);
        Near.Equal([1, 3], low);
        Near.Equal([6, 5], high);
    }

    [Fact]
    public void A_maximum_can_be_written_into_a_tensor()
    {
        var target = zeros(3, dtype: ScalarType.Float64);
        var result = Grid().amax([0], @out: target);
        Near.Equal([4, 5, 6], target);
        Near.Equal([4, 5, 6], result);
    }

    [Fact]
    public void Argmax_counts_through_the_whole_tensor_unless_given_a_dimension()
    {
        Near.Equal(2, Grid().argmax());
        Near.Equal([2, 1], torch.argmax(Grid(), 1));
        Near.Equal(0, Grid().argmin());
        Near.Equal([0, 0, 1], Grid().argmin(0));
    }

    [Fact]
    public void A_product_runs_over_all_elements_or_over_a_dimension()
    {
        Near.Equal(720, Grid().prod());
        Near.Equal([4, 10, 18], Grid().prod(0L));
    }

    [Fact]
    public void Any_and_all_ask_for_truth()
    {
        var truth = tensor(new[,] { { true, false }, { true, true } });
        Near.Equal(0, truth.all());
        Near.Equal(1, truth.any());
        Near.Equal([0, 1], truth.all(1));
        Near.Equal([1, 1], torch.any(truth, 0));
        Near.Equal(3, truth.count_nonzero());
        Near.Equal([2, 1], truth.count_nonzero([0]));
    }

    [Fact]
    public void A_norm_takes_its_order()
    {
        var x = Near.Matrix(new double[,] { { 3, -4 }, { 0, 12 } });
        Near.Equal(13, x.norm());
        Near.Equal(19, x.norm(1f));
        Near.Equal([5, 12], x.norm(1, keepdim: false, p: 2));
        Near.Equal(12, x.norm(float.PositiveInfinity));
        Near.Equal([5, 12], linalg.vector_norm(x, 2, [1]));
        Near.Equal(13, linalg.norm(x));
        Near.Equal(13, linalg.matrix_norm(x));
        Near.Equal(Math.Sqrt(2), Near.Doubles(1, 2).dist(Near.Doubles(2, 1)));
    }

    [Fact]
    public void A_sum_of_exponentials_does_not_overflow()
    {
        Near.Equal([1000 + Math.Log(2)], Near.Matrix(new double[,] { { 1000, 1000 } }).logsumexp(1));
    }

    [Fact]
    public void Running_totals_follow_a_dimension()
    {
        Near.Equal([1, 3, 9, 4, 9, 12], Grid().cumsum(1));
        Near.Equal([1, 2, 6, 4, 10, 18], torch.cumprod(Grid(), 0));
        var (values, places) = Grid().cummax(1);
        Near.Equal([1, 2, 6, 4, 5, 5], values);
        Near.Equal([0, 1, 2, 0, 1, 1], places);
        Near.Equal([1, 4, 1, -2], Grid().diff());
        Near.Equal([5.5, 8.5], Grid().trapezoid());
    }

    [Fact]
    public void Gradients_flow_back_through_reductions()
    {
        var x = Grid().requires_grad_();
        (x.mean([0]) * x.sum([0])).sum().backward();
        // (a + b)² / 2 in every column: both entries get a + b.
        Near.Equal([5, 7, 9, 5, 7, 9], x.grad!);
    }
}
