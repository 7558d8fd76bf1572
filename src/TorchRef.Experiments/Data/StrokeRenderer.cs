namespace TorchRef.Experiments.Data;

/// <summary>Draws ink into pictures of 28x28 bytes. It keeps its buffers, so one instance serves one thread.</summary>
internal sealed class StrokeRenderer
{
    private const int Side = Mnist.Side;
    private readonly float[] _ink = new float[Side * Side];
    private readonly float[] _blurred = new float[Side * Side];
    private readonly List<InkSegment> _segments = new(128);

    /// <summary>Writes a digit along a path with a hand drawn from <paramref name="random"/>; the target holds 784 bytes.</summary>
    public void Render(PenPath path, ref DigitRandom random, Span<byte> target)
    {
        var hand = new Handwriting(ref random);
        PenTracer.Trace(path, hand, ref random, _segments);
        Array.Clear(_ink);
        foreach (InkSegment segment in _segments)
        {
            Cover(segment);
        }

        Blur(_ink, _blurred, hand.Softness, along: 1, across: Side);
        Blur(_blurred, _ink, hand.Softness, along: Side, across: 1);
        Develop(hand, ref random, target);
    }

    // A pixel is covered by how deep its centre lies inside the stroke, over an edge one pixel wide; that is what makes
    // the edge smooth. Pieces of a stroke overlap, so the deepest counts and nothing is added up.
    private void Cover(in InkSegment segment)
    {
        (float x0, float y0) = segment.From;
        (float x1, float y1) = segment.To;
        float dx = x1 - x0, dy = y1 - y0;
        float lengthSquared = MathF.Max(dx * dx + dy * dy, 1e-12f);
        float reach = MathF.Max(segment.FromRadius, segment.ToRadius) + 0.5f;
        int firstColumn = Math.Max((int)MathF.Ceiling(MathF.Min(x0, x1) - reach), 0);
        int lastColumn = Math.Min((int)MathF.Floor(MathF.Max(x0, x1) + reach), Side - 1);
        int firstRow = Math.Max((int)MathF.Ceiling(MathF.Min(y0, y1) - reach), 0);
        int lastRow = Math.Min((int)MathF.Floor(MathF.Max(y0, y1) + reach), Side - 1);
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                float px = column - x0, py = row - y0;
                float t = Math.Clamp((px * dx + py * dy) / lengthSquared, 0f, 1f);
                float ex = px - t * dx, ey = py - t * dy;
                float radius = segment.FromRadius + t * (segment.ToRadius - segment.FromRadius);
                float depth = radius + 0.5f - MathF.Sqrt(ex * ex + ey * ey);
                ref float ink = ref _ink[row * Side + column];
                ink = MathF.Max(ink, MathF.Min(depth, 1));
            }
        }
    }

    // One direction of a blur with the weights (w, 1 - 2w, w); beyond the border there is no ink.
    private static void Blur(float[] from, float[] to, float weight, int along, int across)
    {
        for (int line = 0; line < Side; line++)
        {
            int start = line * across;
            float before = 0;
            float here = from[start];
            for (int i = 0; i < Side; i++)
            {
                float after = i + 1 < Side ? from[start + (i + 1) * along] : 0;
                to[start + i * along] = (1 - 2 * weight) * here + weight * (before + after);
                (before, here) = (here, after);
            }
        }
    }

    // Only inked pixels get grain: the background of MNIST is exactly 0, and so is this one.
    private void Develop(in Handwriting hand, ref DigitRandom random, Span<byte> target)
    {
        for (int i = 0; i < _ink.Length; i++)
        {
            float ink = _ink[i];
            if (ink > 0)
            {
                ink *= hand.Darkness * (1 + hand.Grain * random.NextNormal());
            }

            target[i] = (byte)(Math.Clamp(ink, 0f, 1f) * DigitSet.FullInk + 0.5f);
        }
    }
}
