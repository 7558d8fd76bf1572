using TorchRef.Numerics;

namespace TorchRef.Layers;

/// <summary>The numbers that a function takes, from the least to the greatest.</summary>
/// <param name="Least">The lower end.</param>
/// <param name="Greatest">The upper end.</param>
/// <param name="AttainsLeast">Whether the lower end is itself a value, and not only approached.</param>
/// <param name="AttainsGreatest">Whether the upper end is itself a value, and not only approached.</param>
public readonly record struct ValueRange(double Least, double Greatest, bool AttainsLeast = true, bool AttainsGreatest = true)
{
    /// <summary>Whether the number lies within; false for NaN.</summary>
    public bool Contains(double value) =>
        (AttainsLeast ? value >= Least : value > Least) && (AttainsGreatest ? value <= Greatest : value < Greatest);

    /// <summary>As mathematics writes it: <c>(0, 0.25]</c>.</summary>
    public override string ToString() =>
        $"{(AttainsLeast ? '[' : '(')}{PythonText.Short(Least)}, {PythonText.Short(Greatest)}{(AttainsGreatest ? ']' : ')')}";
}
