namespace TorchRef.Experiments.Charts;

/// <summary>A column of a table.</summary>
/// <param name="Title">What stands above it.</param>
public sealed record ReportColumn(string Title)
{
    /// <summary>A column of numbers.</summary>
    /// <param name="title">What stands above it.</param>
    public static ReportColumn Number(string title) => new(title) { IsNumber = true };

    /// <summary>Whether its cells are numbers, which line up at the decimal point; false by default.</summary>
    public bool IsNumber { get; init; }
}
