namespace TorchRef.Checks.Gradients;

/// <summary>A derivative by differences.</summary>
/// <param name="Column">By which input.</param>
/// <param name="Value">The derivative.</param>
/// <param name="Bar">Its error bar.</param>
/// <param name="Settled">Whether the differences settled as the steps shrank.</param>
/// <param name="Variation">The steepest chord to the largest step: what a derivative that happens to be 0 is measured by.</param>
/// <param name="Touched">Whether the input touches the output at all.</param>
/// <param name="Kink">The kink there, if there is one.</param>
internal readonly record struct NumericEntry(int Column, double Value, double Bar, bool Settled, double Variation, bool Touched, Kink? Kink);
