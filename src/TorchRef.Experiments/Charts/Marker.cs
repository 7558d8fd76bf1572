namespace TorchRef.Experiments.Charts;

/// <summary>The mark at a data point.</summary>
public enum Marker
{
    /// <summary>No mark.</summary>
    None,

    /// <summary>A filled circle.</summary>
    Circle,

    /// <summary>A filled triangle that points up.</summary>
    Triangle,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>A filled square that stands on a corner.</summary>
    Diamond,

    /// <summary>An upright cross.</summary>
    Plus,

    /// <summary>A slanting cross.</summary>
    Cross,

    /// <summary>A filled triangle that points down.</summary>
    TriangleDown,

    /// <summary>An empty circle.</summary>
    Ring,
}
