using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Xunit.Tests;

/// <summary>Assertions about tensors: what passes, and what a failure says.</summary>
public sealed class TensorAssertTests
{
    [Fact]
    public void Close_tensors_pass_and_others_fail_in_PyTorchs_words()
    {
        using var scope = NewDisposeScope();
        var expected = tensor(new[] { 1f, 2, 3, 4 }).view(2, 2); // [2, 2]

        TensorAssert.Close(expected, expected * (1 + 1e-6f));
        var failure = Assert.ThrowsAny<XunitException>(() => TensorAssert.Close(expected, tensor(new[] { 1f, 2, 3, 5 }).view(2, 2)));

        Assert.Equal(
            "Tensor-likes are not close!\n\nMismatched elements: 1 / 4 (25.0%)\n" +
            "Greatest absolute difference: 1.0 at index (1, 1) (up to 1e-05 allowed)\nGreatest relative difference: 0.25 at index (1, 1) (up to 1.3e-06 allowed)",
            failure.Message);
    }

    [Fact]
    public void A_message_comes_before_PyTorchs()
    {
        using var scope = NewDisposeScope();

        var failure = Assert.ThrowsAny<XunitException>(() => TensorAssert.Close(ones(2), zeros(3), message: "the mean of the batch"));

        Assert.Equal("the mean of the batch\nThe values for attribute 'shape' do not match: torch.Size([3]) != torch.Size([2]).", failure.Message);
    }

    [Fact]
    public void Equal_forgives_no_bit_but_takes_NaN_for_NaN()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, double.NaN });              // [2]

        TensorAssert.Equal(x, x.clone());
        Assert.ThrowsAny<XunitException>(() => TensorAssert.Equal(ones(2), ones(2) * (1 + 1e-7f)));
        Assert.ThrowsAny<XunitException>(() => TensorAssert.Close(x, x));
    }

    [Fact]
    public void State_dicts_are_compared_by_name()
    {
        using var scope = NewDisposeScope();
        using var one = nn.BatchNorm1d(2);
        using var other = nn.BatchNorm1d(2);
        other.running_var!.mul_(2);

        TensorAssert.Equal(one.state_dict(), one.state_dict());
        var failure = Assert.ThrowsAny<XunitException>(() => TensorAssert.Close(one.state_dict(), other.state_dict()));

        Assert.EndsWith("The failure occurred for item ['running_var']", failure.Message, StringComparison.Ordinal);
    }
}
