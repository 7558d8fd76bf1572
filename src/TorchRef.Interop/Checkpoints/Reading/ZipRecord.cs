namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>A record of a zip archive, as the archive's directory and the record's own header agree on it.</summary>
/// <param name="Name">Folders and name, with slashes.</param>
/// <param name="IsDeflated">Deflated, or else stored as it is.</param>
/// <param name="Crc">CRC-32 of the content.</param>
/// <param name="PackedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes of the content.</param>
/// <param name="HeaderStart">Where its header starts.</param>
/// <param name="DataStart">Where its bytes start.</param>
internal sealed record ZipRecord(string Name, bool IsDeflated, uint Crc, long PackedLength, long Length, long HeaderStart, long DataStart)
{
    public long DataEnd => DataStart + PackedLength;
}
