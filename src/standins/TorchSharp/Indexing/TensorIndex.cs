namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One index among those in a tensor's brackets: a number, a slice, a tensor of positions or of truth values, or a
    /// place for other dimensions. Numbers, ranges and <c>(start, stop)</c> convert by themselves.
    /// </summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None, Single, Slice, Ellipsis, Bool, Tensor,
        }

        internal Kind What { get; private init; }

        /// <summary>The number, the slice's start, or 1 for true.</summary>
        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Positions { get; private init; }

        /// <summary>All dimensions that the other indices don't name.</summary>
        public static readonly TensorIndex Ellipsis = new() { What = Kind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex None = new() { What = Kind.None };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex Null = None;

        /// <summary>A dimension as it is.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>Every <paramref name="step"/>th position from <paramref name="start"/> up to but without <paramref name="stop"/>; negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { What = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>Adds a dimension, of length 1 if true and 0 if false.</summary>
        public static TensorIndex Bool(bool value) => new() { What = Kind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { What = Kind.Single, Start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { What = Kind.Tensor, Positions = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Only there so that the compiler takes the indexer for <see cref="TensorIndex"/>; never called.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException($"an index isn't a tensor: expected a tensor but got an index ({value.What})");
    }
}
