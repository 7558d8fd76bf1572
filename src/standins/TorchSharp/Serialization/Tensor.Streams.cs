using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    // A tensor's elements, alone or as a record of TorchSharp's own format, in a stream.
    public partial class Tensor
    {
        public static Tensor Load(BinaryReader reader) => TensorRecord.Read(reader);

        /// <summary>Reads a tensor and closes the stream.</summary>
        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream);
            return Load(reader);
        }

        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return Load(stream);
        }

        /// <summary>Writes the memory of a contiguous CPU tensor as it is.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            for (var start = 0L; start < NumberOfElements * ElementSize; start += bufferSize) stream.Write(Memory(start, bufferSize));
        }

        /// <summary>Fills the memory of a contiguous CPU tensor.</summary>
        /// <exception cref="EndOfStreamException">There are fewer bytes than the tensor has.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            for (var start = 0L; start < NumberOfElements * ElementSize; start += bufferSize) stream.ReadExactly(Memory(start, bufferSize));
        }

        private unsafe Span<byte> Memory(long start, int most)
        {
            if (!is_cpu() || !is_contiguous())
                throw new InvalidOperationException($"bytes must be in contiguous memory of the CPU: expected such a tensor but got one on {device}{(is_contiguous() ? "" : ", not contiguous")}");
            return new Span<byte>((byte*)Meta.Data + start, (int)Math.Min(most, NumberOfElements * ElementSize - start));
        }
    }
}
