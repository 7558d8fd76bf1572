using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The lengths of a tensor's dimensions. Two are equal when their lengths are.</summary>
    public struct Size : IEnumerable<long>
    {
        public static readonly Size Empty = new(Array.Empty<long>());

        public Size(long[] shape) => Shape = [.. shape];

        public Size(IEnumerable<long> shape) => Shape = [.. shape];

        public Size(int[] shape) => Shape = [.. shape.Select(size => (long)size)];

        public Size(long size) => Shape = [size];

        public Size(int size) => Shape = [size];

        public Size((long, long) size) => Shape = [size.Item1, size.Item2];

        public Size((long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((long, long, long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        public Size((long, long, long, long, long, long) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        public Size((int, int) size) => Shape = [size.Item1, size.Item2];

        public Size((int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3];

        public Size((int, int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((int, int, int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        public Size((int, int, int, int, int, int) size) => Shape = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        public long[] Shape { get; }

        public bool IsEmpty => Shape.Length == 0;

        public bool IsScalar => IsEmpty;

        public int Length => Shape.Length;

        public long this[int idx] => Shape[idx];

        public long this[long idx] => Shape[idx];

        /// <summary>The number of elements of a tensor of this size.</summary>
        public long numel() => Shape.Aggregate(1L, (product, size) => product * size);

        /// <summary>The dimensions from <paramref name="first"/> up to but without <paramref name="next"/>; negative ones count from the end.</summary>
        public Size Slice(int first, int next)
        {
            if (first < 0) first += Length;
            if (next < 0) next += Length;
            return next <= first ? Empty : new Size(Shape.Skip(first).Take(next - first));
        }

        public IEnumerable<long> Take(int i) => Shape.Take(i);

        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object? obj) => obj is Size other && this == other;

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var size in Shape) hash.Add(size);
            return hash.ToHashCode();
        }

        public static Size operator +(Size left, Size right) => new(left.Shape.Concat(right.Shape));

        public static Size operator +(Size left, IEnumerable<long> right) => new(left.Shape.Concat(right));

        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        public static bool operator !=(Size left, Size right) => !(left == right);

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new(size);

        public static implicit operator Size((long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long, long, long) size) => new(size);
    }
}
