namespace TorchRef.Checks.Diagnosing;

/// <summary>Hypotheses that the right numbers stand in wrong places, or that only a few are wrong.</summary>
internal static class Places
{
    public static Diagnosis? Swapped(IReadOnlyList<Block> wrong)
    {
        for (var i = 0; i < wrong.Count; i++)
            for (var j = i + 1; j < wrong.Count; j++)
            {
                var (one, other) = (wrong[i], wrong[j]);
                if (!one.Slot.Shape.AsSpan().SequenceEqual(other.Slot.Shape)) continue;
                if (one.All((r, k) => one.Close(one.Analytic[r][k], other.Numeric[r][k], r, k)) && other.All((r, k) => other.Close(other.Analytic[r][k], one.Numeric[r][k], r, k)))
                    return new Diagnosis(Cause.Swapped, $"the gradients of {one.Slot.Name} and {other.Slot.Name} have changed places: each is the other's", one.Slot.Name);
            }
        return null;
    }

    public static Diagnosis? Transposed(Block block)
    {
        var shape = block.Slot.Shape;
        for (var i = 0; i < shape.Length; i++)
            for (var j = i + 1; j < shape.Length; j++)
            {
                if (shape[i] != shape[j] || shape[i] < 2) continue;
                var mirror = Mirror(block, i, j);
                if (block.All((r, k) => block.Close(block.Analytic[r][k], block.Numeric[r][mirror[k]], r, k)))
                    return new Diagnosis(Cause.Transposed, $"the gradient of {block.Slot.Name} is transposed: dimensions {i} and {j}, both of size {shape[i]}, have changed places", block.Slot.Name);
            }
        return null;
    }

    /// <summary>The whole Jacobian is its transpose: a product with W where one with Wᵀ belongs.</summary>
    public static Diagnosis? JacobianTransposed(Block block)
    {
        var output = block.Function.Outputs.Slots[0];
        if (block.Function.Outputs.Slots.Count != 1 || !output.Shape.AsSpan().SequenceEqual(block.Slot.Shape) || block.Rows.Length != block.Slot.Count) return null;
        // What is symmetric is its own transpose; what is left to see of a complex one is the conjugate.
        if (block.IsPointwise || block.All((r, k) => Math.Abs(block.Numeric[r][k] - block.Numeric[k][r]) <= 1e-5 * block.Largest)) return null;
        if (block.Slot.IsComplex && block.All((r, k) => r / 2 == k / 2 || (block.IsZero(block.Analytic[r][k], r, k) && block.IsZero(block.Numeric[r][k], r, k))))
        {
            return block.All((r, k) => block.Close(block.Analytic[r][k], block.Numeric[k][r], r, k))
                ? new Diagnosis(Cause.Unknown, $"the gradient of {block.Slot.Name} is multiplied by the derivative where its conjugate belongs: conj() is missing", block.Slot.Name) : null;
        }
        return block.All((r, k) => block.Close(block.Analytic[r][k], block.Numeric[k][r], r, k))
            ? new Diagnosis(Cause.Transposed, $"the gradient of {block.Slot.Name} is multiplied by the Jacobian where its transpose belongs (W in place of Wᵀ, or a shift in forward's direction)", block.Slot.Name) : null;
    }

    private static int[] Mirror(Block block, int i, int j)
    {
        var shape = block.Slot.Shape;
        var width = block.Slot.IsComplex ? 2 : 1;
        var mirror = new int[block.Slot.Count];
        for (var k = 0; k < mirror.Length; k++)
        {
            var index = block.Slot.IndexOf(k);
            (index[i], index[j]) = (index[j], index[i]);
            var at = 0L;
            for (var d = 0; d < shape.Length; d++) at = at * shape[d] + index[d];
            mirror[k] = (int)at * width + k % width;
        }
        return mirror;
    }

    /// <summary>Few entries, or the entries of few elements of the input or of few outputs, where others are right.</summary>
    public static Diagnosis? Single(Block block)
    {
        var columns = new HashSet<int>();
        var rows = new HashSet<int>();
        var (worst, at) = (-1.0, (r: 0, k: 0));
        for (var r = 0; r < block.Rows.Length; r++)
            for (var k = 0; k < block.Slot.Count; k++)
            {
                if (!block.Wrong[r][k]) continue;
                columns.Add(k);
                rows.Add(r);
                var error = Math.Abs(block.Analytic[r][k] - block.Numeric[r][k]);
                if (!(error > worst)) continue;
                (worst, at) = (error, (r, k));
            }
        var live = LiveEntries(block);
        var fewColumns = block.Slot.Count >= 4 && columns.Count <= Math.Max(1, block.Slot.Count / 12);
        var fewRows = block.Rows.Length >= 4 && rows.Count <= Math.Max(1, block.Rows.Length / 12) && live.rows > 1;
        if (!fewColumns && !fewRows && !(block.WrongCount == 1 && live.entries > 2)) return null;
        var (output, index) = block.OutputOf(at.r);
        var where = $"{block.Function.Outputs.Slots[output].Name}[{string.Join(", ", index)}] by {block.Slot.Name}[{string.Join(", ", block.Slot.IndexOf(at.k))}]";
        var extent = block.WrongCount == 1 ? "one entry is" : fewColumns ? $"only the entries by {columns.Count} of {block.Slot.Count} elements of {block.Slot.Name} are" : $"only the entries of {rows.Count} of {block.Rows.Length} outputs are";
        return new Diagnosis(Cause.SingleEntry, $"{extent} wrong, all others of {block.Slot.Name} are right; the worst is {where}", block.Slot.Name);
    }

    private static (int entries, int rows) LiveEntries(Block block)
    {
        int entries = 0, rows = 0;
        for (var r = 0; r < block.Rows.Length; r++)
        {
            var inRow = 0;
            for (var k = 0; k < block.Slot.Count; k++)
                if (!block.IsZero(block.Numeric[r][k], r, k))
                    inRow++;
            entries += inRow;
            rows += inRow > 0 ? 1 : 0;
        }
        return (entries, rows);
    }
}
