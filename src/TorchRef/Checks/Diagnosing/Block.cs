using TorchRef.Checks.Gradients;

namespace TorchRef.Checks.Diagnosing;

/// <summary>The part of a wrong Jacobian that belongs to one input, by both ways.</summary>
internal sealed class Block
{
    /// <summary>Two numbers this close, relative to the largest of the block, are the same to a diagnosis.</summary>
    private const double Same = 1e-6;

    public Block(SiteResult result, TensorSlot slot)
    {
        var full = result.Full!;
        (Slot, Function, Site, Rows) = (slot, result.Function, result.Site, full.Rows);
        Analytic = [.. full.Analytic.Select(row => row[slot.Offset..slot.End])];
        Numeric = [.. full.Numeric.Select(row => row[slot.Offset..slot.End])];
        Wrong = [.. full.Wrong.Select(row => row[slot.Offset..slot.End])];
        Tolerance = [.. full.Allowed.Select(row => row[slot.Offset..slot.End])];
        for (var r = 0; r < Rows.Length; r++)
            for (var k = 0; k < slot.Count; k++)
            {
                if (Wrong[r][k]) WrongCount++;
                if (double.IsFinite(Numeric[r][k])) Largest = Math.Max(Largest, Math.Abs(Numeric[r][k]));
                if (double.IsFinite(Analytic[r][k])) LargestAnalytic = Math.Max(LargestAnalytic, Math.Abs(Analytic[r][k]));
                else HasNonFinite = true;
            }
    }

    public TensorSlot Slot { get; }

    public CheckedFunction Function { get; }

    public NumericSite Site { get; }

    /// <summary>The outputs that the rows stand for.</summary>
    public int[] Rows { get; }

    public double[][] Analytic { get; }

    public double[][] Numeric { get; }

    public double[][] Tolerance { get; }

    public bool[][] Wrong { get; }

    public int WrongCount { get; }

    public double Largest { get; }

    public double LargestAnalytic { get; }

    public bool HasNonFinite { get; }

    /// <summary>Whether the input is one that the function reads by itself.</summary>
    public bool IsParameter => Function.Inputs.Slots.ToList().IndexOf(Slot) >= Function.ArgumentSlots;

    /// <summary>Whether each output goes with the one element in its own place, by both ways.</summary>
    public bool IsPointwise => Rows.Length == Slot.Count && All((r, k) => Rows[r] == k || (IsZero(Numeric[r][k], r, k) && IsZero(Analytic[r][k], r, k)));

    /// <summary>Whether it does by the analytic way.</summary>
    public bool IsPointwiseInAnalytic => Rows.Length == Slot.Count && All((r, k) => Rows[r] == k || IsZero(Analytic[r][k], r, k));

    /// <summary>The input's values.</summary>
    public double[] Values => Site.Point[Slot.Offset..Slot.End];

    /// <summary>Whether two numbers at an entry agree as well as a diagnosis asks for.</summary>
    public bool Close(double one, double other, int row, int column) =>
        Math.Abs(one - other) <= 3 * Tolerance[row][column] + Same * Math.Max(Math.Abs(one), Math.Abs(other)) + 1e-9 * Largest;

    /// <summary>Whether an entry is 0 but for round-off.</summary>
    public bool IsZero(double value, int row, int column) => Math.Abs(value) <= 3 * Tolerance[row][column] + 1e-9 * Largest;

    /// <summary>Whether a rule holds at all entries.</summary>
    public bool All(Func<int, int, bool> rule)
    {
        for (var r = 0; r < Rows.Length; r++)
            for (var k = 0; k < Slot.Count; k++)
                if (!rule(r, k))
                    return false;
        return true;
    }

    /// <summary>Whether a rule holds at some entry.</summary>
    public bool Any(Func<int, int, bool> rule) => !All((r, k) => !rule(r, k));

    /// <summary>The index within its own tensor of the output that a row stands for, and which output that is.</summary>
    public (int output, long[] index) OutputOf(int row)
    {
        var o = Function.Outputs.SlotOf(Rows[row]);
        var slot = Function.Outputs.Slots[o];
        return (o, slot.IndexOf(Rows[row] - slot.Offset));
    }
}
