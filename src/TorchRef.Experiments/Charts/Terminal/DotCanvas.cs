namespace TorchRef.Experiments.Charts.Terminal;

/// <summary>A picture of braille dots, two across and four down in each character.</summary>
internal sealed class DotCanvas(int columns, int rows)
{
    private const char Empty = '\u2800';

    /// <summary>Bit of each dot, by row and column within a character.</summary>
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };
    private readonly byte[,] _dots = new byte[rows, columns];

    public int Width => 2 * columns;

    public int Height => 4 * rows;

    /// <summary>Sets a dot; those outside are left out.</summary>
    public void Set(int x, int y)
    {
        if (x >= 0 && x < Width && y >= 0 && y < Height) _dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
    }

    /// <summary>Sets the dots of a straight line.</summary>
    public void Line(int x0, int y0, int x1, int y1)
    {
        int steps = Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0));
        for (int i = 0; i <= steps; i++)
        {
            double part = steps == 0 ? 0 : (double)i / steps;
            Set((int)Math.Round(x0 + part * (x1 - x0)), (int)Math.Round(y0 + part * (y1 - y0)));
        }
    }

    /// <summary>The character of a place; a space where no dot is set.</summary>
    public char At(int row, int column) => _dots[row, column] == 0 ? ' ' : (char)(Empty + _dots[row, column]);
}
