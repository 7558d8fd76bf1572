namespace TorchRef.Interop.DataViews;

/// <summary>Reads the records of an <see cref="IRecordSource"/>.</summary>
public interface IRecordReader : IDisposable
{
    /// <summary>Reads the next record; one thread at a time.</summary>
    /// <param name="record">As long as a record.</param>
    /// <returns>Whether there was one; false only where the records end as they should.</returns>
    bool ReadNext(Span<byte> record);

    /// <summary>Reads any record; on several threads at a time. Only where the source can seek.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="record">As long as a record.</param>
    /// <exception cref="NotSupportedException">The source can't seek.</exception>
    void ReadAt(long index, Span<byte> record);
}
