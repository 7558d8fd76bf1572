namespace TorchSharp;

public static partial class torch
{
    // How tensors are printed where nothing else is said.
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    internal static PrintOptions Printing { get; private set; } = new();

    /// <summary>The style that <see cref="TorchSharp.TensorStringStyle.Default"/> stands for.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => Printing.Style;
        set => Printing = Printing with
        {
            Style = value != TensorStringStyle.Default ? value
                : throw new ArgumentException("the default style must be one of the others: expected Metadata, Julia, Numpy or CSharp but got Default"),
        };
    }

    /// <summary>Sets the number of digits after the point and what else is given.</summary>
    public static void set_printoptions(int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, (sci_mode ? "E" : "F") + precision, linewidth, newLine, maxRows, maxColumns);

    /// <summary>Sets what is given and leaves the rest.</summary>
    public static void set_printoptions(TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null) =>
        Printing = new PrintOptions
        {
            Style = style ?? Printing.Style,
            FloatFormat = floatFormat ?? Printing.FloatFormat,
            LineWidth = linewidth ?? Printing.LineWidth,
            NewLine = newLine ?? Printing.NewLine,
            MaxRows = maxRows ?? Printing.MaxRows,
            MaxColumns = maxColumns ?? Printing.MaxColumns,
        };
}
