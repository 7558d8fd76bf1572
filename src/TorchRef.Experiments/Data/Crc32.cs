namespace TorchRef.Experiments.Data;

/// <summary>The CRC-32 that gzip uses: polynomial 0x04C11DB7 with reflected bits.</summary>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB88320;
    private static readonly uint[] Table = MakeTable();

    /// <summary>Continues a checksum over more bytes; a new one starts at 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint register = ~crc;
        foreach (byte value in bytes)
        {
            register = Table[(byte)register ^ value] ^ (register >> 8);
        }

        return ~register;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            uint remainder = index;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ ReflectedPolynomial : remainder >> 1;
            }

            table[index] = remainder;
        }

        return table;
    }
}
