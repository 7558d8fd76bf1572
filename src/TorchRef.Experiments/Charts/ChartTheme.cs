namespace TorchRef.Experiments.Charts;

/// <summary>Which colours a chart or report is drawn in.</summary>
public enum ChartTheme
{
    /// <summary>Light, or dark where the reader's system asks for it (<c>prefers-color-scheme</c>); light on paper.</summary>
    Auto,

    /// <summary>Dark ink on white, whatever the system asks for.</summary>
    Light,

    /// <summary>Light ink on a dark ground, whatever the system asks for.</summary>
    Dark,
}
