using System.Globalization;

namespace TorchSharp;

/// <summary>How a tensor is printed.</summary>
internal sealed record PrintOptions
{
    public TensorStringStyle Style { get; init; } = TensorStringStyle.Julia;

    public string FloatFormat { get; init; } = "g5";

    /// <summary>Characters of a line in the Julia style.</summary>
    public int LineWidth { get; init; } = 100;

    public string NewLine { get; init; } = Environment.NewLine;

    /// <summary>Entries of every dimension but the last, in the Numpy and CSharp styles; the middle of a longer one is left out.</summary>
    public int MaxRows { get; init; } = 6;

    /// <summary>The same for the last dimension.</summary>
    public int MaxColumns { get; init; } = 6;

    public CultureInfo Culture { get; init; } = CultureInfo.CurrentCulture;
}
