using static TorchSharp.torch;

namespace Standins.Tests.Indexing;

public sealed class WriteTests
{
    private static void Holds(Tensor tensor, params float[] expected) => Assert.Equal(expected, tensor.data<float>().ToArray());

    [Fact]
    public void A_value_is_broadcast_into_its_place()
    {
        var target = zeros(2, 3);
        target[0] = 1f;
        target[1, 2] = 5;
        Holds(target, 1, 1, 1, 0, 0, 5);
        target[.., 1] = tensor(new float[] { 7, 8 });
        Holds(target, 1, 7, 1, 0, 8, 5);
    }

    [Fact]
    public void Leading_dimensions_of_length_one_do_not_count()
    {
        var target = zeros(2, 3);
        target[TensorIndex.Ellipsis, 0] = ones(1, 1, 2);
        Holds(target, 1, 0, 0, 1, 0, 0);
    }

    [Fact]
    public void A_value_of_another_shape_is_refused()
    {
        var target = zeros(2, 3);
        Assert.ThrowsAny<Exception>(() => target[0] = ones(2));
    }

    [Fact]
    public void A_mask_writes_where_it_is_true()
    {
        var target = tensor(new float[] { -1, 2, -3 });
        target[target < 0] = 0f;
        Holds(target, 0, 2, 0);
    }

    [Fact]
    public void Positions_that_occur_twice_are_added_when_accumulating()
    {
        var target = zeros(3);
        target.index_put_(ones(2), [tensor(new long[] { 1, 1 })], true);
        Holds(target, 0, 2, 0);
        target.index_put_(9, TensorIndex.Single(0));
        Holds(target, 9, 2, 0);
    }

    [Fact]
    public void Writing_is_recorded_for_the_gradient()
    {
        var source = ones(2, requires_grad: true);
        var target = zeros(3);
        target[1..] = source * 2;
        target.sum().backward();
        Holds(source.grad!, 2, 2);
    }

    [Fact]
    public void Scattering_adds_up_at_equal_positions()
    {
        var index = tensor(new long[,] { { 0, 1, 0 } });
        Holds(zeros(2, 3).scatter_add_(0, index, ones(1, 3)), 1, 0, 1, 0, 1, 0);
        Holds(zeros(2, 3).scatter(0, index, full(1, 3, 4f)), 4, 0, 4, 0, 4, 0);
        Holds(zeros(3).index_add(0, tensor(new long[] { 2, 2 }), ones(2), 3), 0, 0, 6);
    }

    [Fact]
    public void Gathering_reads_one_element_for_each_position()
    {
        var source = arange(6, float32).reshape(2, 3);
        Holds(source.gather(1, tensor(new long[,] { { 2 }, { 0 } })), 2, 3);
        Holds(source.index_select(1, tensor(new long[] { 2, 0 })), 2, 0, 5, 3);
        Holds(source.take(tensor(new long[] { 5, 0 })), 5, 0);
        Holds(where(source > 3, source, -source), 0, -1, -2, -3, 4, 5);
        Holds(source.masked_fill(source > 3, 0), 0, 1, 2, 3, 0, 0);
    }
}
