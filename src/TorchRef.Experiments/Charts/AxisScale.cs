namespace TorchRef.Experiments.Charts;

/// <summary>How values are spread along an axis or over colours.</summary>
public enum AxisScale
{
    /// <summary>Equal distances are equal differences.</summary>
    Linear,

    /// <summary>Equal distances are equal ratios; values of 0 and below have no place and become gaps.</summary>
    Log,
}
