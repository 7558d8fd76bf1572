namespace TorchRef.Checks.Gradients;

/// <summary>
/// How large a change of each input is: the spread of the values around it, not their size. An offset says nothing about the
/// function's own scale, and channels of one tensor may differ by many powers of ten.
/// </summary>
internal static class Scales
{
    /// <summary>The smallest standard deviation among the tensor's lines through an element that is not 0; else its size; else 1.</summary>
    public static double[] Of(double[] point, Layout layout)
    {
        var scales = new double[point.Length];
        foreach (var slot in layout.Slots)
        {
            var width = slot.IsComplex ? 2 : 1;
            var scale = scales.AsSpan(slot.Offset, slot.Count);
            scale.Fill(double.PositiveInfinity);
            var stride = width;
            for (var d = slot.Shape.Length - 1; d >= 0; d--)
            {
                Lines(point.AsSpan(slot.Offset, slot.Count), scale, (int)slot.Shape[d], stride);
                stride *= (int)slot.Shape[d];
            }
            for (var k = 0; k < scale.Length; k++)
            {
                if (double.IsFinite(scale[k])) continue;
                var size = Math.Abs(point[slot.Offset + k]);
                scale[k] = size > 0 && double.IsFinite(size) ? size : 1;
            }
        }
        return scales;
    }

    private static void Lines(ReadOnlySpan<double> values, Span<double> scale, int length, int stride)
    {
        if (length < 2) return;
        for (var start = 0; start < values.Length; start++)
        {
            if (start / stride % length != 0) continue;
            double sum = 0, largest = 0;
            for (var i = 0; i < length; i++)
            {
                sum += values[start + i * stride];
                largest = Math.Max(largest, Math.Abs(values[start + i * stride]));
            }
            var (mean, squares) = (sum / length, 0.0);
            for (var i = 0; i < length; i++) squares += (values[start + i * stride] - mean) * (values[start + i * stride] - mean);
            var deviation = Math.Sqrt(squares / length);
            // A line of equal values has no spread but round-off.
            if (!(deviation > 1e-13 * largest)) continue;
            for (var i = 0; i < length; i++) scale[start + i * stride] = Math.Min(scale[start + i * stride], deviation);
        }
    }
}
