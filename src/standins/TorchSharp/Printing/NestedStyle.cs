using System.Text;

namespace TorchSharp;

/// <summary>
/// Brackets in brackets, one level a dimension. Of a long dimension the first and the last entries are shown, with
/// dots between them.
/// </summary>
internal abstract class NestedStyle(PrintOptions options, ElementText elements)
{
    private long[] _shape = [];

    protected PrintOptions Options => options;

    protected ElementText Elements => elements;

    protected StringBuilder Text { get; } = new();

    protected abstract (char Open, char Close) Brackets { get; }

    /// <summary>What follows every element.</summary>
    protected virtual string Suffix => "";

    /// <summary>What stands between two entries of a dimension that isn't the last, <paramref name="below"/> dimensions above it.</summary>
    protected abstract string Between(int below);

    /// <summary>What stands after the dots in such a dimension.</summary>
    protected abstract string AfterDots(int below);

    protected void Nest(long[] shape)
    {
        _shape = shape;
        Entries(0, 0);
    }

    /// <summary>The entries of a dimension, without the brackets around them.</summary>
    private void Entries(int dimension, long start)
    {
        var below = _shape.Length - 1 - dimension;
        var most = below == 0 ? options.MaxColumns : options.MaxRows;
        var (last, between) = (_shape[dimension] - 1, below == 0 ? ", " : Between(below));
        var stride = _shape[(dimension + 1)..].TotalSize();
        // At least one entry is shown on either side of the dots.
        var leading = last < most ? last + 1 : Math.Max(1, most - most / 2);
        var trailing = last < most ? last + 1 : Math.Min(last, last + 1 - most / 2);
        for (var i = 0L; i <= last; i++)
        {
            if (i == leading)
            {
                Text.Append(below == 0 ? "... " : new string(' ', dimension) + " ..." + AfterDots(below));
                i = trailing;
            }
            if (below == 0) Text.Append(elements[start + i]).Append(Suffix);
            else
            {
                if (i > 0) Text.Append(' ', dimension + 1);
                Text.Append(Brackets.Open);
                Entries(dimension + 1, start + i * stride);
                Text.Append(Brackets.Close);
            }
            if (i < last) Text.Append(between);
        }
    }
}
