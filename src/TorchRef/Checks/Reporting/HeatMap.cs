namespace TorchRef.Checks.Reporting;

/// <summary>A matrix of errors made small enough to look at: a cell stands for a block of entries and shows the worst of them.</summary>
internal sealed class HeatMap
{
    private readonly double[,] _cells;
    private readonly int _entryRows;
    private readonly int _entryColumns;

    private HeatMap(double[,] entries, int mostRows, int mostColumns)
    {
        (_entryRows, _entryColumns) = (entries.GetLength(0), entries.GetLength(1));
        RowsPerCell = Math.Max(1, (_entryRows + mostRows - 1) / mostRows);
        ColumnsPerCell = Math.Max(1, (_entryColumns + mostColumns - 1) / mostColumns);
        _cells = new double[(_entryRows + RowsPerCell - 1) / RowsPerCell, (_entryColumns + ColumnsPerCell - 1) / ColumnsPerCell];
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++) _cells[row, column] = double.NaN;
        for (var row = 0; row < _entryRows; row++)
            for (var column = 0; column < _entryColumns; column++) Take(row, column, entries[row, column]);
    }

    public int Rows => _cells.GetLength(0);

    public int Columns => _cells.GetLength(1);

    public int RowsPerCell { get; }

    public int ColumnsPerCell { get; }

    /// <summary>The worst entry of all, where anything was compared.</summary>
    public (int row, int column, double value)? Worst { get; private set; }

    /// <summary>Entries that are wrong.</summary>
    public long Wrong { get; private set; }

    /// <summary>Entries that were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>The worst entry of a cell; NaN where none was compared.</summary>
    public double this[int row, int column] => _cells[row, column];

    /// <summary>Groups a matrix into at most so many rows and columns.</summary>
    public static HeatMap Of(double[,] entries, int mostRows, int mostColumns) => new(entries, mostRows, mostColumns);

    /// <summary>The first and the last row of entries in a row of cells.</summary>
    public (int first, int last) EntryRows(int row) => (row * RowsPerCell, Math.Min(_entryRows, (row + 1) * RowsPerCell) - 1);

    /// <summary>The first and the last column of entries in a column of cells.</summary>
    public (int first, int last) EntryColumns(int column) => (column * ColumnsPerCell, Math.Min(_entryColumns, (column + 1) * ColumnsPerCell) - 1);

    private void Take(int row, int column, double value)
    {
        if (double.IsNaN(value)) return;
        Compared++;
        if (value > 1) Wrong++;
        ref var cell = ref _cells[row / RowsPerCell, column / ColumnsPerCell];
        if (double.IsNaN(cell) || value > cell) cell = value;
        if (Worst is not { } worst || value > worst.value) Worst = (row, column, value);
    }
}
