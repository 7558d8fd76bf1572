namespace TorchRef.Experiments.Charts.Drawing;

/// <summary>A place in a picture, in pixels; y points down.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>An upright rectangle in a picture, in pixels.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double CentreX => Left + Width / 2;

    public double CentreY => Top + Height / 2;

    /// <summary>Whether the point lies inside or on the border, up to a hundredth of a pixel.</summary>
    public bool Contains(Point point) =>
        point.X >= Left - 0.01 && point.X <= Right + 0.01 && point.Y >= Top - 0.01 && point.Y <= Bottom + 0.01;

    public bool Contains(Box other) => other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public Box Grown(double by) => new(Left - by, Top - by, Width + 2 * by, Height + 2 * by);
}
