using static TorchSharp.torch;

namespace Standins.Tests.Shape;

public sealed class ShapeTests
{
    private readonly Tensor _numbers = arange(24).reshape(2, 3, 4);

    private static void Holds(Tensor tensor, params long[] expected) => Assert.Equal(expected, tensor.data<long>().ToArray());

    [Fact]
    public void A_view_has_the_same_memory_and_a_length_of_minus_one_is_worked_out()
    {
        Assert.Equal([6, 4], _numbers.view(-1, 4).shape);
        var flat = _numbers.view(24);
        flat[0] = 100L;
        Holds(_numbers[0, 0, 0], 100);
        Assert.ThrowsAny<Exception>(() => _numbers.transpose(0, 2).view(24));
        Assert.Equal([24], _numbers.transpose(0, 2).reshape(24).shape);
    }

    [Fact]
    public void Dimensions_change_places()
    {
        Assert.Equal([4, 2, 3], _numbers.permute(2, 0, 1).shape);
        Assert.Equal([2, 4, 3], _numbers.mT.shape);
        Assert.Equal([3, 4, 2], _numbers.movedim([0], [2]).shape);
        Holds(_numbers[0].T[1], 1, 5, 9);
        Holds(_numbers[0].t()[3], 3, 7, 11);
    }

    [Fact]
    public void Dimensions_of_length_one_come_and_go()
    {
        Assert.Equal([2], zeros(1, 2, 1).squeeze().shape);
        Assert.Equal([2, 1], zeros(1, 2, 1).squeeze(0).shape);
        Assert.Equal([2, 1], zeros(2).unsqueeze(-1).shape);
        Assert.Equal([2, 12], _numbers.flatten(1).shape);
        Assert.Equal([2, 3, 2, 2], _numbers.unflatten(2, 2, 2).shape);
    }

    [Fact]
    public void Expanding_repeats_without_copying()
    {
        var wide = zeros(2, 1).expand(-1, 3);
        Assert.Equal([2, 3], wide.shape);
        Assert.Equal(0, wide.stride(1));
        Assert.Equal([4, 2, 3], zeros(2, 1).broadcast_to(4, 2, 3).shape);
        Holds(arange(2).repeat(2, 2), 0, 1, 0, 1, 0, 1, 0, 1);
        Holds(arange(2).repeat_interleave(2), 0, 0, 1, 1);
    }

    [Fact]
    public void Tensors_are_joined_along_a_dimension_or_a_new_one()
    {
        var (zero, one) = (zeros(2, dtype: int64), ones(2, dtype: int64));
        Holds(cat([zero, one]), 0, 0, 1, 1);
        Holds(stack([zero, one], 1), 0, 1, 0, 1);
        Holds(hstack(zero, one), 0, 0, 1, 1);
        Assert.Equal([2, 2], vstack([zero, one]).shape);
        Assert.Equal([2, 2], column_stack(zero, one).shape);
        Assert.Equal([1, 2, 2], dstack(zero, one).shape);
        Assert.Equal([3, 3], block_diag(ones(1, 2), ones(2, 1)).shape);
    }

    [Fact]
    public void Parts_come_back_in_order_and_the_last_may_be_shorter()
    {
        Assert.Equal([2L, 2, 1], arange(5).split(2).Select(part => part.shape[0]));
        Assert.Equal([3L, 2], arange(5).chunk(2).Select(part => part.shape[0]));
        Assert.Equal([1L, 4], arange(5).split([1, 4], 0).Select(part => part.shape[0]));
        Assert.Equal([1L, 2, 2], arange(5).tensor_split([1, 3]).Select(part => part.shape[0]));
        Holds(_numbers.unbind(1)[2][1], 20, 21, 22, 23);
    }

    [Fact]
    public void Elements_are_turned_round()
    {
        Holds(arange(3).flip(0), 2, 1, 0);
        Holds(arange(4).roll(1), 3, 0, 1, 2);
        Holds(arange(4).reshape(2, 2).rot90(), 1, 3, 0, 2);
    }

    [Fact]
    public void Triangles_and_diagonals_are_counted_from_the_main_one()
    {
        var square = arange(9).reshape(3, 3);
        Holds(square.diagonal(1), 1, 5);
        Holds(square.tril(-1), 0, 0, 0, 3, 0, 0, 6, 7, 0);
        Holds(arange(2).diag(), 0, 0, 0, 1);
        Holds(tril_indices(2, 2), 0, 1, 1, 0, 0, 1);
    }

    [Fact]
    public void A_grid_is_indexed_by_row_unless_it_is_told_otherwise()
    {
        Assert.Equal([2, 3], meshgrid([arange(2), arange(3)])[0].shape);
        Assert.Equal([3, 2], meshgrid([arange(2), arange(3)], "xy")[0].shape);
        Assert.Equal([2, 3], broadcast_tensors(zeros(2, 1), zeros(3))[1].shape);
    }

    [Fact]
    public void Complex_numbers_are_pairs_of_real_ones()
    {
        var pair = view_as_real(complex(tensor(new[] { 1f }), tensor(new[] { 2f })));
        Assert.Equal([1f, 2f], pair.data<float>().ToArray());
        Assert.Equal((1f, -2f), pair.view_as_complex().conj().resolve_conj()[0].item<(float, float)>());
        Assert.Equal([2f], pair.view_as_complex().imag.data<float>().ToArray());
    }

    [Fact]
    public void Windows_slide_over_a_dimension()
    {
        Holds(arange(7).unfold(0, 3, 2), 0, 1, 2, 2, 3, 4, 4, 5, 6);
    }

    [Fact]
    public void A_size_counts_elements_and_slices_like_a_list()
    {
        var size = new Size([2L, 3L, 4L]);
        Assert.Equal(24, size.numel());
        Assert.Equal([3L], size.Slice(1, -1));
        Assert.Equal([2L, 3, 4, 2, 3, 4], (size + size).Shape);
        Assert.True(new Size(Array.Empty<long>()).IsScalar);
    }
}
