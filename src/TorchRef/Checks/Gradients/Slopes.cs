namespace TorchRef.Checks.Gradients;

/// <summary>The derivatives of all outputs along a direction, per unit of r.</summary>
internal sealed class Slopes(int outputs)
{
    /// <summary>The derivative.</summary>
    public double[] Value { get; } = new double[outputs];

    /// <summary>Its error bar.</summary>
    public double[] Bar { get; } = new double[outputs];

    /// <summary>The steeper of the two chords to the ends of the largest step.</summary>
    public double[] Variation { get; } = new double[outputs];

    /// <summary>Whether the differences settled as the steps shrank.</summary>
    public bool[] Settled { get; } = new bool[outputs];

    /// <summary>Where there is a kink, by output.</summary>
    public Dictionary<int, Kink> Kinks { get; } = [];
}

/// <summary>A kink met along a direction.</summary>
/// <param name="Left">The slope before it.</param>
/// <param name="Right">The slope after it.</param>
/// <param name="Bar">The error bar of both.</param>
/// <param name="Distance">How far along the direction it is, in units of r; 0 where it can't be told from here.</param>
internal sealed record Kink(double Left, double Right, double Bar, double Distance);
