using TorchRef.Interop.DataViews;

namespace TorchRef.Experiments.Data;

/// <summary>Images in memory, as records: the pixels of an image, and its label.</summary>
internal sealed class DigitSource(DigitSet digits) : IRecordSource
{
    public int RecordLength => digits.PixelsPerImage + 1;

    public long? Count => digits.Count;

    public bool CanSeek => true;

    public IRecordReader Open() => new Reader(digits);

    private sealed class Reader(DigitSet digits) : IRecordReader
    {
        private int _next;

        public bool ReadNext(Span<byte> record)
        {
            if (_next == digits.Count)
            {
                return false;
            }

            ReadAt(_next++, record);
            return true;
        }

        public void ReadAt(long index, Span<byte> record)
        {
            digits.Image((int)index).CopyTo(record);
            record[^1] = digits.Labels[(int)index];
        }

        public void Dispose()
        {
        }
    }
}
