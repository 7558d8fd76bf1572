namespace TorchRef.Experiments.Charts;

/// <summary>Where the names of lines stand.</summary>
public enum SeriesLabels
{
    /// <summary>In a legend above the plot.</summary>
    Legend,

    /// <summary>Beside the ends of the lines; in a legend in panels, and where they would take more height than the plot has.</summary>
    LineEnds,

    /// <summary>Nowhere.</summary>
    None,
}
