using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Items_come_one_after_another_as_the_whole_file_has_them(bool gzip)
    {
        string path = Write(IdxSample.Images(7, 3, 5), gzip);
        byte[] whole = IdxFile.ReadBytes(path, 3).Data;

        using var reader = new IdxReader(path, 3);

        Assert.Equal((7, 15, !gzip), (reader.Count, reader.ItemLength, reader.CanSeek));
        Assert.Equal(whole, ReadAll(reader));
        Assert.False(reader.ReadNext(new byte[15]));
    }

    [Fact]
    public void Items_of_a_plain_file_are_read_at_any_place_on_several_threads()
    {
        byte[] content = IdxSample.Images(500, 3, 5);
        using var reader = new IdxReader(Write(content, gzip: false), 3);

        Parallel.For(0, 2000, i =>
        {
            int index = i * 37 % 500;
            var item = new byte[15];
            reader.ReadAt(index, item);
            Assert.Equal(content[(16 + 15 * index)..(31 + 15 * index)], item);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadAt(500, new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadAt(-1, new byte[15]));
    }

    [Fact]
    public void A_compressed_file_is_read_front_to_back_only()
    {
        using var reader = new IdxReader(Write(IdxSample.Images(2, 3, 5), gzip: true), 3);

        Assert.Throws<NotSupportedException>(() => reader.ReadAt(0, new byte[15]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_shorter_part_of_a_file_is_read_to_its_end(bool gzip)
    {
        byte[] content = IdxSample.Images(2, 5, 5), whole = gzip ? TempFolder.Gzip(content) : content;
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _folder.Write("part", whole.AsSpan(0, length));
            Assert.Throws<DataFormatException>(() =>
            {
                using var reader = new IdxReader(path, 3);
                ReadAll(reader);
            });
        }
    }

    [Theory]
    [InlineData(false, "Expected 3 bytes after the header (UInt8 3) but got 4")]
    [InlineData(true, "Expected 3 bytes after the header (UInt8 3) but got at least 4")]
    public void What_follows_the_last_item_is_refused_with_it(bool gzip, string expected)
    {
        string path = Write([.. IdxSample.Labels(1, 2, 3), 9], gzip);

        var error = Assert.Throws<DataFormatException>(() =>
        {
            using var reader = new IdxReader(path, 1);
            ReadAll(reader);
        });

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_rank_or_another_type_is_refused_at_once()
    {
        Assert.Contains("This file must have 3 dimensions. Expected 3 but got 1", Assert.Throws<DataFormatException>(() => new IdxReader(Write(IdxSample.Labels(1), gzip: false), 3)).Message, StringComparison.Ordinal);
        Assert.Contains("Expected element type 08", Assert.Throws<DataFormatException>(() => new IdxReader(Write([.. IdxSample.Header(0x0D, 1), 0, 0, 0, 0], gzip: false), 1)).Message, StringComparison.Ordinal);
    }

    private static byte[] ReadAll(IdxReader reader)
    {
        var all = new List<byte>();
        var item = new byte[reader.ItemLength];
        while (reader.ReadNext(item))
        {
            all.AddRange(item);
        }

        return [.. all];
    }

    private string Write(byte[] bytes, bool gzip) => _folder.Write("file", gzip ? TempFolder.Gzip(bytes) : bytes);
}
