using TorchRef.Interop.DataViews;

namespace TorchRef.Experiments.Data;

/// <summary>A file of images and that of their labels, as records: the pixels of an image, and its label.</summary>
internal sealed class MnistSource : IRecordSource
{
    private readonly string _imagePath;
    private readonly string _labelPath;
    private readonly (FileMark Images, FileMark Labels) _marks;

    /// <summary>Looks at the headers of both files.</summary>
    /// <exception cref="DataFormatException">A file can't be opened or isn't what it should be, or they don't belong together.</exception>
    public MnistSource(string imagePath, string labelPath)
    {
        (_imagePath, _labelPath) = (imagePath, labelPath);
        _marks = (FileMark.Of(imagePath), FileMark.Of(labelPath));
        using var reader = new Reader(imagePath, labelPath);
        Count = reader.Count;
        CanSeek = reader.CanSeek;
    }

    public int RecordLength => Mnist.Side * Mnist.Side + 1;

    public long? Count { get; }

    public bool CanSeek { get; }

    public IRecordReader Open()
    {
        _marks.Images.RequireSame(_imagePath);
        _marks.Labels.RequireSame(_labelPath);
        return new Reader(_imagePath, _labelPath);
    }

    /// <summary>How a file looked when the view was made: one that was changed since gives other rows.</summary>
    private readonly record struct FileMark(long Length, DateTime Written)
    {
        public static FileMark Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileMark(file.Length, file.LastWriteTimeUtc) : default;

        public void RequireSame(string path)
        {
            if (Of(path) is var now && now != this)
            {
                throw new DataFormatException(path, "A view gives the same rows each time. "
                    + $"Expected the file of {Length} bytes from {Written:u} but got one of {now.Length} from {now.Written:u}");
            }
        }
    }

    private sealed class Reader : IRecordReader
    {
        private readonly string _labelPath;
        private readonly IdxReader _images;
        private readonly IdxReader _labels;
        private long _next;

        public Reader(string imagePath, string labelPath)
        {
            _labelPath = labelPath;
            _images = new IdxReader(imagePath, rank: 3);
            try
            {
                Mnist.RequireImages(imagePath, _images.Header);
                _labels = new IdxReader(labelPath, rank: 1);
            }
            catch
            {
                _images.Dispose();
                throw;
            }

            try
            {
                Mnist.RequireLabels(labelPath, _labels.Count, imagePath, _images.Count);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public int Count => _images.Count;

        public bool CanSeek => _images.CanSeek && _labels.CanSeek;

        public bool ReadNext(Span<byte> record)
        {
            if (!_images.ReadNext(record))
            {
                return false;
            }

            _labels.ReadNext(record[^1..]);
            RequireDigit(record[^1], _next++);
            return true;
        }

        public void ReadAt(long index, Span<byte> record)
        {
            _images.ReadAt(index, record);
            _labels.ReadAt(index, record[^1..]);
            RequireDigit(record[^1], index);
        }

        public void Dispose()
        {
            _images.Dispose();
            _labels.Dispose();
        }

        private void RequireDigit(byte label, long image)
        {
            if (label >= DigitSet.ClassCount)
            {
                throw Mnist.StrayLabel(_labelPath, label, image);
            }
        }
    }
}
