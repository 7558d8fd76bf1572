using static TorchSharp.torch;

namespace Standins.Tests.Indexing;

public sealed class ReadTests
{
    private readonly Tensor _numbers = arange(24).reshape(2, 3, 4);

    private static void Holds(Tensor tensor, params long[] expected) => Assert.Equal(expected, tensor.data<long>().ToArray());

    [Fact]
    public void A_number_takes_a_dimension_away()
    {
        Assert.Equal([3, 4], _numbers[1].shape);
        Holds(_numbers[1, 2], 20, 21, 22, 23);
        Holds(_numbers[-1, -1, -1], 23);
        Assert.ThrowsAny<Exception>(() => _numbers[2]);
    }

    [Fact]
    public void A_slice_keeps_its_dimension()
    {
        Assert.Equal([1, 3, 4], _numbers[..1].shape);
        Holds(_numbers[1, 0, 1..3], 13, 14);
        Holds(_numbers[0, 0, TensorIndex.Slice(0, 4, 2)], 0, 2);
    }

    [Fact]
    public void A_slice_with_a_negative_start_counts_from_the_end()
    {
        Holds(_numbers[0, 0, ^2..], 2, 3);
        Holds(_numbers[0, 0, TensorIndex.Slice(-3, -1)], 1, 2);
    }

    [Fact]
    public void A_slice_reaches_into_the_tensor_it_was_taken_from()
    {
        var source = zeros(3);
        source[1..].copy_(ones(2));
        Assert.Equal([0f, 1f, 1f], source.data<float>().ToArray());
    }

    [Fact]
    public void An_ellipsis_stands_for_the_dimensions_that_are_not_named()
    {
        Assert.True(_numbers[TensorIndex.Ellipsis, 0].Equals(_numbers.select(2, 0)));
        Assert.True(_numbers[1, TensorIndex.Ellipsis].Equals(_numbers.select(0, 1)));
        Assert.Equal([2, 3, 4], _numbers[TensorIndex.Ellipsis].shape);
    }

    [Fact]
    public void None_adds_a_dimension()
    {
        Assert.Equal([1, 2, 3, 4], _numbers[TensorIndex.None].shape);
        Assert.Equal([3, 1, 4], _numbers[0, TensorIndex.Colon, TensorIndex.None].shape);
    }

    [Fact]
    public void Positions_pick_entries_in_their_order()
    {
        Assert.Equal([3, 3, 4], _numbers[tensor(new long[] { 1, 0, 1 })].shape);
        Holds(_numbers[tensor(new long[] { 1, 0 }), tensor(new long[] { 2, 0 })], 20, 21, 22, 23, 0, 1, 2, 3);
        Holds(_numbers[0, TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 3 }))], 3, 7, 11);
        Holds(_numbers[TensorIndex.Tensor(tensor(new long[] { 0, 1 })), TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0, 2 }))], 0, 4, 8, 14, 18, 22);
        Holds(_numbers[TensorIndex.Tensor(tensor(1L)), 0, 0], 12);
    }

    [Fact]
    public void A_mask_picks_where_it_is_true()
    {
        Holds(_numbers[_numbers > 20], 21, 22, 23);
        Holds(_numbers[TensorIndex.Tensor(tensor(new[] { false, true })), 0, 0], 12);
    }

    [Fact]
    public void Gradients_flow_back_to_the_place_that_was_read()
    {
        var source = zeros(2, 3, requires_grad: true);
        source[1, 1..].sum().backward();
        Assert.Equal([0f, 0f, 0f, 0f, 1f, 1f], source.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Reading_by_brackets_leaves_no_tensor_behind_in_the_scope()
    {
        using var scope = NewDisposeScope();
        var positions = tensor(new long[] { 0, 1 });
        var before = scope.DisposablesCount;
        _ = _numbers[1, 1..2, TensorIndex.Tensor(positions)];
        Assert.Equal(before + 1, scope.DisposablesCount);
    }
}
