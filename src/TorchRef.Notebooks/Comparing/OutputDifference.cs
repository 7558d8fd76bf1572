namespace TorchRef.Notebooks.Comparing;

/// <summary>An output that isn't what the file says.</summary>
/// <param name="Cell">The cell's place in the notebook, from 1, texts counted.</param>
/// <param name="What">Which output, in which form.</param>
/// <param name="Saved">What the file has there.</param>
/// <param name="Fresh">What the run brought forth.</param>
public sealed record OutputDifference(int Cell, string What, string Saved, string Fresh)
{
    /// <summary>One line: where, what was expected, what was got.</summary>
    public override string ToString() => $"cell {Cell}, {What}: expected {Saved} but got {Fresh}";
}
