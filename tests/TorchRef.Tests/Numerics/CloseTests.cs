using TorchRef.Numerics;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Numerics;

/// <summary>Closeness beyond what the golden messages show.</summary>
public sealed class CloseTests
{
    [Fact]
    public void One_tolerance_alone_is_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Equal("Both 'rtol' and 'atol' must be either specified or omitted, but got no atol.", Assert.Throws<ArgumentException>(() => Close.Check(ones(2), ones(2), rtol: 0.1)).Message);
        Assert.Equal("Both 'rtol' and 'atol' must be either specified or omitted, but got no rtol.", Assert.Throws<ArgumentException>(() => Close.Check(ones(2), ones(2), atol: 0.1)).Message);
    }

    [Fact]
    public void Kinds_that_cannot_be_compared_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => Close.Check(ones(2), 1.0));
        Assert.Throws<ArgumentException>(() => Close.Check("a", "a"));
    }

    [Fact]
    public void Strides_count_where_they_are_asked_for()
    {
        using var scope = NewDisposeScope();
        var (one, other) = (arange(6, float32).view(2, 3), arange(6, float32).view(2, 3).t().contiguous().t()); // [2, 3]

        Assert.True(Close.Check(one, other).Agrees);
        Assert.Equal("The values for attribute 'stride()' do not match: (3, 1) != (1, 2).", Close.Check(one, other, check_stride: true).Message);
    }

    [Fact]
    public void Null_agrees_with_null_alone()
    {
        using var scope = NewDisposeScope();

        Assert.True(Close.Check(null, null).Agrees);
        Assert.Equal("None mismatch: None is not a tensor of shape (2,)", Close.Check(null, ones(2)).Message);
    }

    [Fact]
    public void The_result_has_the_numbers_of_the_message()
    {
        using var scope = NewDisposeScope();

        var result = Close.Check(new[] { tensor(new[] { 1.0, 2, 3 }), tensor(new[] { 1.0, 2.5, 40 }) }, new[] { tensor(new[] { 1.0, 2, 3 }), tensor(new[] { 1.0, 2, 50 }) });

        Assert.Equal("[1]", result.Item);
        Assert.Equal((2, 3), (result.Mismatched, result.Elements));
        Assert.Equal((10, 0.25), (result.GreatestAbsolute, result.GreatestRelative));
        Assert.Equal([2], result.GreatestAbsoluteIndex);
        Assert.Equal([1], result.GreatestRelativeIndex);
        Assert.Equal((1e-7, 1e-7), (result.RelativeTolerance, result.AbsoluteTolerance));
    }

    [Fact]
    public void A_message_can_be_made_of_the_one_that_there_would_be()
    {
        using var scope = NewDisposeScope();

        var failure = Assert.Throws<NotCloseException>(() => Close.Assert(ones(2), ones(3), msg: text => $"step 3: {text}"));

        Assert.Equal("step 3: The values for attribute 'shape' do not match: torch.Size([2]) != torch.Size([3]).", failure.Message);
        Assert.False(failure.Result.Agrees);
    }

    [Fact]
    public void Sparse_tensors_are_compared_and_layouts_too()
    {
        using var scope = NewDisposeScope();
        var dense = tensor(new[] { 0.0, 3, 0, 5 }).view(2, 2);  // [2, 2]
        Tensor Sparse(double last) => sparse_coo_tensor(tensor(new long[] { 0, 1, 1, 1 }).view(2, 2), tensor(new[] { 3, last }), [2, 2]); // [2, 2]

        Assert.True(Close.Check(Sparse(5), Sparse(5)).Agrees);
        Assert.False(Close.Check(Sparse(5), Sparse(6)).Agrees);
        Assert.Equal("The values for attribute 'layout' do not match: torch.sparse_coo != torch.strided.", Close.Check(Sparse(5), dense).Message);
        Assert.True(Close.Check(Sparse(5), dense, check_layout: false).Agrees);
    }

    [Fact]
    public void Nothing_is_left_behind_and_a_tensor_is_close_to_itself() => Law.Holds(sample =>
    {
        var x = sample.Normal(sample.AnyShape(), sample.FloatType());
        // What other tests left to finalisers would be missing from the second count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        Assert.True(Close.Check(x, x).Agrees);
        Assert.False(Close.Check(x, x + 1).Agrees);

        Assert.Equal(before + 1, Tensor.TotalCount);
    }, samples: 10);
}
