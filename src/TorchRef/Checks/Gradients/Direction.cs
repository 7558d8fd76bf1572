namespace TorchRef.Checks.Gradients;

/// <summary>Along what a derivative is taken: the input moves to x ± r·step.</summary>
/// <param name="Columns">The inputs that move.</param>
/// <param name="Steps">How far each moves at r = 1.</param>
/// <param name="Owner">For each output the place in <paramref name="Columns"/> of the one input that touches it, −1 where none does; null where several may.</param>
internal sealed record Direction(int[] Columns, double[] Steps, int[]? Owner)
{
    /// <summary>Makes steps such that x ± r·step is exact for r down to 2⁻¹⁶, where the numbers' spacing allows it.</summary>
    public static double Quantized(double x, double step)
    {
        var unit = Math.BitIncrement(Math.Abs(x) + Math.Abs(step)) - (Math.Abs(x) + Math.Abs(step));
        var quantum = unit * 65536;
        return Math.Abs(step) < 8 * quantum ? step : Math.Round(step / quantum) * quantum;
    }
}
