namespace TorchRef.Interop.DataViews;

/// <summary>Records of a fixed length that can be read again and again, such as the images of a file.</summary>
/// <remarks>Several threads may open readers at a time. Each reader gives the same records.</remarks>
public interface IRecordSource
{
    /// <summary>Bytes of a record, at least 1.</summary>
    int RecordLength { get; }

    /// <summary>How many records there are; null when only reading them would tell.</summary>
    long? Count { get; }

    /// <summary>Whether any record can be read without those before it; its <see cref="Count"/> is known then.</summary>
    bool CanSeek { get; }

    /// <summary>Opens a reader before the first record.</summary>
    IRecordReader Open();
}
