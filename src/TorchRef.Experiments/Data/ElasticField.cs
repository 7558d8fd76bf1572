namespace TorchRef.Experiments.Data;

/// <summary>
/// A smooth random displacement of the plane: random vectors on a coarse grid, smoothed into each other by cubic
/// B-splines.
/// </summary>
/// <remarks>
/// It bends the path of the pen instead of the finished picture, so that bent strokes keep their thickness and sharpness.
/// </remarks>
internal struct ElasticField
{
    // The grid covers [-Margin, 1 + Margin] on both axes; the spline needs one more node before and two behind.
    private const float Margin = 0.15f;
    private const int Cells = 4;
    private const int NodesPerAxis = Cells + 3;
    private const float CellsPerUnit = Cells / (1 + 2 * Margin);

    private NodeGrid _x;
    private NodeGrid _y;

    /// <summary>Draws a field; <paramref name="strength"/> is the standard deviation of a node, in units of the digit's height.</summary>
    public ElasticField(ref DigitRandom random, float strength)
    {
        for (int node = 0; node < NodesPerAxis * NodesPerAxis; node++)
        {
            _x[node] = strength * random.NextNormal();
            _y[node] = strength * random.NextNormal();
        }
    }

    /// <summary>Where the field moves a point.</summary>
    public readonly PenPoint Move(PenPoint point)
    {
        Span<float> horizontal = stackalloc float[4];
        Span<float> vertical = stackalloc float[4];
        int column = Weigh(point.X, horizontal);
        int row = Weigh(point.Y, vertical);
        float dx = 0, dy = 0;
        for (int j = 0; j < 4; j++)
        {
            for (int i = 0; i < 4; i++)
            {
                int node = (row + j) * NodesPerAxis + column + i;
                float weight = vertical[j] * horizontal[i];
                dx += weight * _x[node];
                dy += weight * _y[node];
            }
        }

        return new PenPoint(point.X + dx, point.Y + dy);
    }

    // The first of the four nodes around a coordinate, and their weights, which add up to 1.
    private static int Weigh(float coordinate, Span<float> weights)
    {
        float position = Math.Clamp((coordinate + Margin) * CellsPerUnit, 0, Cells);
        int cell = Math.Min((int)position, Cells - 1);
        float t = position - cell;
        float u = 1 - t;
        weights[0] = u * u * u / 6;
        weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
        weights[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
        weights[3] = t * t * t / 6;
        return cell;
    }

    [System.Runtime.CompilerServices.InlineArray(NodesPerAxis * NodesPerAxis)]
    private struct NodeGrid
    {
        private float _first;
    }
}
