using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class GzipIdxFileTests : IDisposable
{
    private const int GzipHeaderLength = 10;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain-name")]
    [InlineData("name.gz")]
    public void Compression_is_told_by_content_and_not_by_name(string name)
    {
        byte[] content = IdxSample.Images(3, 4, 5);
        byte[] plain = IdxFile.ReadBytes(_folder.Write(name, content), 3).Data;
        byte[] packed = IdxFile.ReadBytes(_folder.Write(name, TempFolder.Gzip(content)), 3).Data;
        Assert.Equal(content[16..], plain);
        Assert.Equal(plain, packed);
    }

    [Fact]
    public void Data_beyond_the_first_piece_of_memory_arrives_whole()
    {
        byte[] content = IdxSample.Images(5000);
        IdxBytes read = IdxFile.ReadBytes(_folder.Write("a", TempFolder.Gzip(content)), 3);
        Assert.True(content.AsSpan(16).SequenceEqual(read.Data));
    }

    [Fact]
    public void Every_shorter_part_of_a_file_is_rejected()
    {
        byte[] whole = TempFolder.Gzip(IdxSample.Images(2, 5, 5));
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _folder.Write("part", whole.AsSpan(0, length));
            Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(path, 3));
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_never_yields_other_data()
    {
        byte[] content = IdxSample.Images(2, 5, 5);
        byte[] whole = TempFolder.Gzip(content);
        int rejected = 0;
        for (int position = 0; position < 8 * whole.Length; position++)
        {
            byte[] damaged = [.. whole];
            damaged[position / 8] ^= (byte)(1 << (position % 8));
            string path = _folder.Write("damaged", damaged);
            try
            {
                Assert.Equal(content[16..], IdxFile.ReadBytes(path, 3).Data);
            }
            catch (DataFormatException)
            {
                rejected++;
            }
        }

        // Harmless are the flags, time stamp and system in the header, and padding after the last block at most.
        Assert.InRange(rejected, 8 * (whole.Length - GzipHeaderLength) - 7, 8 * whole.Length);
    }

    [Fact]
    public void A_wrong_checksum_is_reported_as_damage()
    {
        byte[] packed = TempFolder.Gzip(IdxSample.Labels(1, 2, 3));
        packed[^8] ^= 1;
        AssertRejected(packed, "Expected an intact gzip file but got a damaged one");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public void A_cut_trailer_is_rejected_although_all_data_is_there(int missing) =>
        AssertRejected(TempFolder.Gzip(IdxSample.Labels(1, 2, 3))[..^missing], "it is cut short or has bytes appended");

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void Bytes_after_the_trailer_are_rejected(byte[] appended) =>
        AssertRejected([.. TempFolder.Gzip(IdxSample.Labels(1, 2, 3)), .. appended], "it is cut short or has bytes appended");

    [Fact]
    public void Truncated_content_is_rejected_with_both_lengths() =>
        AssertRejected(TempFolder.Gzip(IdxSample.Labels(1, 2, 3)[..^1]), "Expected 3 bytes after the header (UInt8 3) but got 2");

    [Fact]
    public void Trailing_content_is_rejected_with_both_lengths() =>
        AssertRejected(TempFolder.Gzip([.. IdxSample.Labels(1, 2, 3), 9, 9]), "Expected 3 bytes after the header (UInt8 3) but got at least 4");

    [Fact]
    public void A_compressed_file_with_nothing_in_it_is_rejected() =>
        AssertRejected(TempFolder.Gzip([0]), "Expected 4 bytes but got 1");

    private void AssertRejected(byte[] bytes, string expected)
    {
        string path = _folder.Write("bad", bytes);
        var error = Assert.Throws<DataFormatException>(() => IdxFile.ReadBytes(path, 1));
        Assert.Contains(expected, error.Message);
        Assert.EndsWith($"({path})", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
