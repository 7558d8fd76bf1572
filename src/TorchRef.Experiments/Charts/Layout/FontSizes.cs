namespace TorchRef.Experiments.Charts.Layout;

/// <summary>Sizes of texts, in pixels.</summary>
internal static class FontSizes
{
    public const double Title = 16;
    public const double PanelTitle = 12.5;
    public const double AxisTitle = 12.5;
    public const double Legend = 12;
    public const double Tick = 11;
    public const double Note = 11.5;
    public const double Mark = 10;
}
