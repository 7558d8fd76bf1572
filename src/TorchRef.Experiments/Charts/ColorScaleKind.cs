namespace TorchRef.Experiments.Charts;

/// <summary>What colours say about values.</summary>
public enum ColorScaleKind
{
    /// <summary>From little to much, in one hue.</summary>
    Sequential,

    /// <summary>From negative over 0 to positive, in two hues; both ends are equally far from 0.</summary>
    Diverging,
}
