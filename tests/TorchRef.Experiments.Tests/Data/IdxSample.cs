using System.Buffers.Binary;

namespace TorchRef.Experiments.Tests.Data;

/// <summary>Bytes of IDX files, made here independently of the reader.</summary>
internal static class IdxSample
{
    public static byte[] Header(byte elementType, params int[] dimensions)
    {
        var header = new byte[4 + 4 * dimensions.Length];
        header[2] = elementType;
        header[3] = (byte)dimensions.Length;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * axis), dimensions[axis]);
        }

        return header;
    }

    /// <summary>Images whose bytes count up, so that a shifted or swapped byte shows.</summary>
    public static byte[] Images(int count, int rows = 28, int columns = 28)
    {
        var data = new byte[count * rows * columns];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(i * 7 + i / 251);
        }

        return [.. Header(0x08, count, rows, columns), .. data];
    }

    public static byte[] Labels(params byte[] labels) => [.. Header(0x08, labels.Length), .. labels];

    public static void WriteMnist(TempFolder folder, string at = "", bool gzip = false, char separator = '-')
    {
        Write("train-images", "idx3-ubyte", Images(3));
        Write("train-labels", "idx1-ubyte", Labels(7, 0, 9));
        Write("t10k-images", "idx3-ubyte", Images(2));
        Write("t10k-labels", "idx1-ubyte", Labels(4, 1));

        void Write(string stem, string kind, byte[] bytes) => folder.Write(
            Path.Combine(at, $"{stem}{separator}{kind}{(gzip ? ".gz" : "")}"), gzip ? TempFolder.Gzip(bytes) : bytes);
    }
}
