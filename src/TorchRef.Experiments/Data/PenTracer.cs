namespace TorchRef.Experiments.Data;

/// <summary>Turns the strokes of a digit into ink in the picture: wobbles, bends, slants, turns, scales and centres them.</summary>
internal static class PenTracer
{
    // Straight pieces for each curve between two points of a stroke; at 20 pixels a piece is about one pixel long.
    private const int PiecesPerSpan = 6;

    // Where the centre of mass of MNIST's digits lies, on both axes, with the first pixel at 0.
    private const float Middle = 14;

    /// <summary>Fills <paramref name="ink"/> with the pieces of one written digit, in pixels.</summary>
    public static void Trace(PenPath path, in Handwriting hand, ref DigitRandom random, List<InkSegment> ink)
    {
        ink.Clear();
        var field = new ElasticField(ref random, hand.Elasticity);
        foreach (PenPoint[] stroke in path.Strokes)
        {
            TraceStroke(stroke, hand, field, ref random, ink);
        }

        Place(hand, ink);
    }

    private static void TraceStroke(
        PenPoint[] stroke, in Handwriting hand, in ElasticField field, ref DigitRandom random, List<InkSegment> ink)
    {
        Span<PenPoint> points = stackalloc PenPoint[stroke.Length];
        for (int i = 0; i < stroke.Length; i++)
        {
            points[i] = new PenPoint(
                stroke[i].X + hand.Wobble * random.NextNormal(),
                stroke[i].Y + hand.Wobble * random.NextNormal());
        }

        int spans = points.Length - 1;
        float pieces = spans * PiecesPerSpan;
        PenPoint from = Distort(points[0], hand, field);
        float fromRadius = Radius(hand, 0);
        for (int span = 0; span < spans; span++)
        {
            for (int piece = 1; piece <= PiecesPerSpan; piece++)
            {
                PenPoint to = Distort(Curve(points, span, piece / (float)PiecesPerSpan), hand, field);
                float toRadius = Radius(hand, (span * PiecesPerSpan + piece) / pieces);
                ink.Add(new InkSegment(from, to, fromRadius, toRadius));
                (from, fromRadius) = (to, toRadius);
            }
        }
    }

    // Catmull-Rom: a cubic through the points whose tangent at each is half the way between its neighbours.
    private static PenPoint Curve(ReadOnlySpan<PenPoint> points, int span, float t)
    {
        PenPoint a = points[Math.Max(span - 1, 0)];
        PenPoint b = points[span];
        PenPoint c = points[span + 1];
        PenPoint d = points[Math.Min(span + 2, points.Length - 1)];
        return new PenPoint(Cubic(a.X, b.X, c.X, d.X, t), Cubic(a.Y, b.Y, c.Y, d.Y, t));
    }

    private static float Cubic(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

    private static PenPoint Distort(PenPoint point, in Handwriting hand, in ElasticField field)
    {
        PenPoint moved = field.Move(point);
        float x = moved.X * hand.Widening + (0.5f - moved.Y) * hand.Slant;
        float y = moved.Y;

        // The tangent of half the angle gives an exact rotation with division alone: sine and cosine may differ in the
        // last bit between platforms, and the pictures must not.
        float half = hand.Turn / 2;
        float scale = 1 / (1 + half * half);
        float cosine = (1 - half * half) * scale;
        float sine = 2 * half * scale;
        return new PenPoint(cosine * x - sine * y, sine * x + cosine * y);
    }

    private static float Radius(in Handwriting hand, float progress) =>
        hand.RadiusInPixels * (1 + hand.Pressure * (progress - 0.5f));

    // Scales the longer side to the size that the hand writes in, as MNIST fits its digits into 20x20 pixels, and moves
    // the centre of mass to the middle.
    private static void Place(in Handwriting hand, List<InkSegment> ink)
    {
        float left = ink[0].From.X, right = left, top = ink[0].From.Y, bottom = top;
        float mass = 0, sumX = 0, sumY = 0;
        foreach (InkSegment segment in ink)
        {
            (PenPoint from, PenPoint to) = (segment.From, segment.To);
            left = MathF.Min(left, MathF.Min(from.X, to.X));
            right = MathF.Max(right, MathF.Max(from.X, to.X));
            top = MathF.Min(top, MathF.Min(from.Y, to.Y));
            bottom = MathF.Max(bottom, MathF.Max(from.Y, to.Y));
            float dx = to.X - from.X, dy = to.Y - from.Y;
            float weight = MathF.Sqrt(dx * dx + dy * dy) * (segment.FromRadius + segment.ToRadius);
            mass += weight;
            sumX += weight * (from.X + to.X) / 2;
            sumY += weight * (from.Y + to.Y) / 2;
        }

        float scale = (hand.SizeInPixels - 2 * hand.RadiusInPixels) / MathF.Max(right - left, bottom - top);
        float offsetX = Middle + hand.ShiftX - scale * sumX / mass;
        float offsetY = Middle + hand.ShiftY - scale * sumY / mass;
        for (int i = 0; i < ink.Count; i++)
        {
            InkSegment segment = ink[i];
            ink[i] = segment with { From = InPixels(segment.From), To = InPixels(segment.To) };
        }

        PenPoint InPixels(PenPoint point) => new(scale * point.X + offsetX, scale * point.Y + offsetY);
    }
}
