using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_the_extents_and_the_data()
    {
        string path = _folder.Write("a", IdxSample.Images(2, 3, 5));
        IdxBytes read = IdxFile.ReadBytes(path, rank: 3);
        Assert.Equal([2, 3, 5], read.Header.Dimensions);
        Assert.Equal("UInt8 2x3x5", read.Header.ToString());
        Assert.Equal(IdxSample.Images(2, 3, 5)[16..], read.Data);
    }

    [Theory]
    [InlineData(0x08, IdxElementType.UInt8, 6)]
    [InlineData(0x09, IdxElementType.Int8, 6)]
    [InlineData(0x0B, IdxElementType.Int16, 12)]
    [InlineData(0x0C, IdxElementType.Int32, 24)]
    [InlineData(0x0D, IdxElementType.Float32, 24)]
    [InlineData(0x0E, IdxElementType.Float64, 48)]
    public void Every_element_type_of_the_format_is_known_by_the_header(byte code, IdxElementType type, long length)
    {
        IdxHeader header = IdxFile.ReadHeader(_folder.Write("a", IdxSample.Header(code, 2, 3)));
        Assert.Equal(type, header.ElementType);
        Assert.Equal(length, header.DataLength);
        Assert.Equal(12, header.HeaderLength);
    }

    [Fact]
    public void Elements_other_than_unsigned_bytes_are_rejected_as_images() =>
        AssertRejected([.. IdxSample.Header(0x0D, 1), 0, 0, 0, 0], 1, "Expected element type 08 (UInt8) but got 0D (Float32)");

    [Fact]
    public void Another_number_of_dimensions_is_rejected() =>
        AssertRejected(IdxSample.Labels(1, 2), 3, "Expected 3 but got 1 (UInt8 2)");

    [Fact]
    public void A_file_that_starts_with_something_else_is_rejected() =>
        AssertRejected("PK\x03\x04 and more"u8, 1, "Expected 00 00 but got 50 4B");

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x0A)]
    [InlineData(0x0F)]
    [InlineData(0xFF)]
    public void An_unknown_element_type_is_rejected(byte code) =>
        AssertRejected([0, 0, code, 1, 0, 0, 0, 1, 5], 1, $"Expected 08, 09, 0B, 0C, 0D or 0E but got {code:X2}");

    [Fact]
    public void No_dimensions_at_all_are_rejected() => AssertRejected([0, 0, 8, 0, 5], 1, "Expected 1 to 255 but got 0");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_dimension_that_is_not_positive_is_rejected(int extent) =>
        AssertRejected(IdxSample.Header(0x08, 2, extent), 2, $"Expected at least 1 for dimension 1 but got {extent}");

    [Fact]
    public void Dimensions_whose_product_overflows_are_rejected() =>
        AssertRejected(IdxSample.Header(0x08, int.MaxValue, int.MaxValue, 3), 3, "Expected at most 9223372036854775807 bytes but got more by dimension 2");

    [Fact]
    public void More_data_than_one_array_can_hold_is_rejected() =>
        AssertRejected(IdxSample.Header(0x08, 100_000, 1000, 1000), 3, "but got a header that claims 100000000000 (UInt8 100000x1000x1000)");

    [Fact]
    public void Truncated_data_is_rejected_with_both_lengths() =>
        AssertRejected(IdxSample.Images(2, 3, 5)[..^4], 3, "Expected 30 bytes after the header (UInt8 2x3x5) but got 26");

    [Fact]
    public void Trailing_bytes_are_rejected_with_both_lengths() =>
        AssertRejected([.. IdxSample.Labels(1, 2, 3), 0], 1, "Expected 3 bytes after the header (UInt8 3) but got 4");

    [Fact]
    public void A_header_cut_in_its_dimensions_is_rejected() =>
        AssertRejected(IdxSample.Header(0x08, 2, 3, 5)[..10], 3, "An IDX header with 3 dimensions goes on for 12 bytes. Expected 12 bytes but got 6");

    [Fact]
    public void Every_shorter_part_of_a_file_is_rejected()
    {
        byte[] whole = IdxSample.Images(1, 3, 4);
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _folder.Write("part", whole.AsSpan(0, length));
            Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(path, 3));
        }
    }

    [Fact]
    public void An_empty_file_is_rejected() => AssertRejected([], 1, "Expected at least 1 byte but got an empty file");

    [Fact]
    public void A_missing_file_is_rejected()
    {
        string path = Path.Combine(_folder.Path, "nowhere");
        AssertMessage(Assert.Throws<DataFormatException>(() => IdxFile.ReadHeader(path)), path, "Expected a file but got nothing at this path");
    }

    [Fact]
    public void A_directory_is_rejected() => AssertMessage(
        Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(_folder.Path, 1)), _folder.Path, "Expected a file but got a directory");

    [Fact]
    public void A_header_that_lies_does_not_take_the_memory_it_claims()
    {
        byte[] lie = [.. IdxSample.Header(0x08, 2000, 1000, 1000), 1, 2, 3];
        foreach (byte[] bytes in new[] { lie, TempFolder.Gzip(lie) })
        {
            string path = _folder.Write("lie", bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(path, 3));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
            AssertMessage(error, path, "Expected 2000000000 bytes after the header (UInt8 2000x1000x1000) but got 3");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rank_that_no_file_has_is_the_callers_mistake(int rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.ReadBytes("any", rank));

    private void AssertRejected(ReadOnlySpan<byte> bytes, int rank, string expected)
    {
        string path = _folder.Write("bad", bytes);
        AssertMessage(Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(path, rank)), path, expected);
    }

    private static void AssertMessage(DataFormatException error, string path, string expected)
    {
        Assert.Contains(expected, error.Message);
        Assert.EndsWith($"({path})", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(path, error.Path);
    }
}
