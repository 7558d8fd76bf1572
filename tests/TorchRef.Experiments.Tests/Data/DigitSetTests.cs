using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class DigitSetTests
{
    private static readonly DigitSet Set = new(
        new byte[] { 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6 }, new byte[] { 3, 8 }, rows: 2, columns: 3, "by hand");

    [Fact]
    public void Bytes_become_floats_from_0_to_1()
    {
        var image = new float[6];
        Set.CopyTo(0, image);
        Assert.Equal([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f], image);
    }

    [Fact]
    public void A_range_of_floats_is_the_images_one_after_the_other()
    {
        float[] both = Set.ToFloats(0, 2);
        var second = new float[6];
        Set.CopyTo(1, second);
        Assert.Equal(second, both[6..]);
        Assert.Equal(second, Set.ToFloats(1, 1));
        Assert.Empty(Set.ToFloats(2, 0));
    }

    [Fact]
    public void Labels_become_64_bit_class_indices() => Assert.Equal([3L, 8L], Set.ToClassIndices(0, 2));

    [Fact]
    public void The_checksum_is_sha256_over_pixels_then_labels()
    {
        byte[] all = [.. Set.Pixels, .. Set.Labels];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(all)), Set.Checksum);
    }

    [Fact]
    public void A_slice_is_a_set_of_its_own_that_says_which_part_it_is()
    {
        DigitSet slice = Set.Slice(1, 1);
        Assert.Equal(1, slice.Count);
        Assert.Equal([8], slice.Labels.ToArray());
        Assert.Equal(Set.Image(1), slice.Image(0));
        Assert.Equal("by hand, 1 images from 1", slice.Source);
        Assert.NotEqual(Set.Checksum, slice.Checksum);
    }

    [Fact]
    public void Spaced_images_come_from_all_over_the_set()
    {
        var ten = new DigitSet(Enumerable.Range(0, 10).Select(i => (byte)i).ToArray(), Enumerable.Range(0, 10).Select(i => (byte)i).ToArray(), rows: 1, columns: 1, "ten");

        DigitSet four = ten.Spaced(4);

        Assert.Equal([0, 2, 5, 7], four.Labels.ToArray());
        Assert.Equal(four.Labels.ToArray(), four.Pixels.ToArray());
        Assert.Equal("ten, 4 images from all over it", four.Source);
        Assert.Same(ten, ten.Spaced(10));
        Assert.Equal(0, ten.Spaced(0).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => ten.Spaced(11));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_range_outside_the_set_is_rejected(int start, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.ToFloats(start, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.ToClassIndices(start, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.Slice(start, count));
    }

    [Fact]
    public void A_target_that_is_too_short_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => Set.CopyTo(0, new float[5]));
        Assert.Contains("Expected room for 6 values but got 5", error.Message);
    }

    [Fact]
    public void Pixels_and_labels_that_do_not_fit_each_other_are_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => new DigitSet(new byte[7], new byte[2], 2, 2, "x"));
        Assert.Contains("Expected 8 pixels (2x2x2) but got 7", error.Message);
    }

    [Fact]
    public void A_label_that_is_no_digit_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => new DigitSet(new byte[2], new byte[] { 9, 10 }, 1, 1, "x"));
        Assert.Contains("Expected 0 to 9 but got 10 for image 1", error.Message);
    }

    [Fact]
    public void Sets_of_images_of_different_size_do_not_make_data()
    {
        var other = new DigitSet(new byte[6], new byte[1], 3, 2, "x");
        var error = Assert.Throws<ArgumentException>(() => new DigitData(Set, other, "x"));
        Assert.Contains("Expected 2x3 but got 3x2", error.Message);
    }
}
