namespace TorchRef.Experiments.Charts.Layout;

/// <summary>A matrix made small enough to draw: each block shows its value farthest from 0, so that one wild value is seen.</summary>
internal sealed class CellBlocks
{
    private readonly double[,] _values;

    private CellBlocks(double[,] values, int blockRows, int blockColumns, int sourceRows, int sourceColumns)
    {
        (_values, BlockRows, BlockColumns, SourceRows, SourceColumns) = (values, blockRows, blockColumns, sourceRows, sourceColumns);
    }

    public int BlockRows { get; }

    public int BlockColumns { get; }

    /// <summary>Rows before blocks were made; the last block may be cut.</summary>
    public int SourceRows { get; }

    /// <inheritdoc cref="SourceRows"/>
    public int SourceColumns { get; }

    public int Rows => _values.GetLength(0);

    public int Columns => _values.GetLength(1);

    public bool IsWhole => BlockRows == 1 && BlockColumns == 1;

    public double this[int row, int column] => _values[row, column];

    public static CellBlocks Of(double[,] values, int most)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        int blockRows = (rows + most - 1) / most, blockColumns = (columns + most - 1) / most;
        var blocks = new double[(rows + blockRows - 1) / blockRows, (columns + blockColumns - 1) / blockColumns];
        for (int row = 0; row < blocks.GetLength(0); row++)
        {
            for (int column = 0; column < blocks.GetLength(1); column++)
                blocks[row, column] = Farthest(values, row * blockRows, Math.Min((row + 1) * blockRows, rows), column * blockColumns, Math.Min((column + 1) * blockColumns, columns));
        }

        return new CellBlocks(blocks, blockRows, blockColumns, rows, columns);
    }

    /// <summary>A value that isn't finite is farther than any other.</summary>
    private static double Farthest(double[,] values, int top, int bottom, int left, int right)
    {
        double farthest = 0;
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                double value = values[row, column];
                if (!double.IsFinite(value)) return value;
                if (Math.Abs(value) > Math.Abs(farthest)) farthest = value;
            }
        }

        return farthest;
    }
}
