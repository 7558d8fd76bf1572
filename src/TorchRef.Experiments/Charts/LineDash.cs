namespace TorchRef.Experiments.Charts;

/// <summary>How a line is broken up, so that it can be told from others without colour.</summary>
public enum LineDash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>A dash and a dot in turn.</summary>
    DashDot,

    /// <summary>Long dashes.</summary>
    LongDash,

    /// <summary>No line: markers alone.</summary>
    None,
}
