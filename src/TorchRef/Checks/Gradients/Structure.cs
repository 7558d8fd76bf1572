namespace TorchRef.Checks.Gradients;

/// <summary>
/// Which outputs an input can touch, as far as it shows in indices: "output [n, c] depends on input [·, c]" is the pair
/// (dimension 1 of the input, dimension 1 of the output). A guess from a few entries; differences along random directions
/// must bear it out before anything is concluded from it.
/// </summary>
internal sealed class Structure
{
    private const int Samples = 3;

    private readonly Layout _inputs;
    private readonly Layout _outputs;
    private readonly (int input, int output)[]?[,] _pairs;
    private readonly (long[] columns, long[] rows)?[,] _keys;

    private Structure(Layout inputs, Layout outputs)
    {
        (_inputs, _outputs) = (inputs, outputs);
        _pairs = new (int, int)[]?[inputs.Slots.Count, outputs.Slots.Count];
        _keys = new (long[], long[])?[inputs.Slots.Count, outputs.Slots.Count];
    }

    /// <summary>No structure: every input may touch every output.</summary>
    public static Structure Dense(Layout inputs, Layout outputs)
    {
        var structure = new Structure(inputs, outputs);
        for (var i = 0; i < inputs.Slots.Count; i++)
            for (var o = 0; o < outputs.Slots.Count; o++)
                structure._pairs[i, o] = [];
        return structure;
    }

    /// <summary>Moves a few single inputs and sees which outputs move.</summary>
    public static Structure Guess(CheckedFunction function, double[] point, double[] centre, double[] scales, Random random)
    {
        var structure = new Structure(function.Inputs, function.Outputs);
        var moved = (double[])point.Clone();
        for (var i = 0; i < function.Inputs.Slots.Count; i++)
        {
            var slot = function.Inputs.Slots[i];
            var touched = new List<(long[] index, bool[] outputs)>();
            for (var sample = 0; sample < Math.Min(Samples, slot.Count); sample++)
            {
                // Spread over the tensor: two samples in one row couldn't tell rows from columns.
                var local = (int)((sample + random.NextDouble()) * slot.Count / Math.Min(Samples, slot.Count));
                var k = slot.Offset + Math.Min(local, slot.Count - 1);
                var seen = new bool[centre.Length];
                foreach (var far in (double[])[0.37, -1.7e-3])
                {
                    moved[k] = point[k] + far * scales[k];
                    var values = function.EvaluateOrNaN(moved);
                    for (var o = 0; o < seen.Length; o++) seen[o] |= !values[o].Equals(centre[o]);
                }
                moved[k] = point[k];
                touched.Add((slot.IndexOf(k - slot.Offset), seen));
            }
            for (var o = 0; o < function.Outputs.Slots.Count; o++) structure._pairs[i, o] = Pairs(touched, slot, function.Outputs.Slots[o]);
        }
        return structure;
    }

    /// <summary>The pairs of dimensions whose indices agree wherever an output moved; null where none ever did.</summary>
    private static (int, int)[]? Pairs(List<(long[] index, bool[] outputs)> touched, TensorSlot input, TensorSlot output)
    {
        var pairs = new List<(int input, int output)>();
        for (var i = 0; i < input.Shape.Length; i++)
            for (var o = 0; o < output.Shape.Length; o++)
                if (input.Shape[i] == output.Shape[o] && input.Shape[i] > 1)
                    pairs.Add((i, o));
        var any = false;
        foreach (var (index, outputs) in touched)
            for (var local = 0; local < output.Count; local++)
            {
                if (!outputs[output.Offset + local]) continue;
                any = true;
                if (pairs.Count == 0) return [];
                var at = output.IndexOf(local);
                pairs.RemoveAll(pair => index[pair.input] != at[pair.output]);
            }
        return any ? [.. pairs] : null;
    }

    /// <summary>Whether an input may touch an output.</summary>
    public bool Touches(int column, int row)
    {
        var (i, o) = (_inputs.SlotOf(column), _outputs.SlotOf(row));
        if (_pairs[i, o] is not { } pairs) return false;
        if (pairs.Length == 0) return true;
        var (columns, rows) = KeysOf(i, o, pairs);
        return columns[column - _inputs.Slots[i].Offset] == rows[row - _outputs.Slots[o].Offset];
    }

    /// <summary>For each output which one of a group of inputs touches it, by its place in the group; −1 where none does.</summary>
    public int[] Owners(int[] group)
    {
        var owners = new int[_outputs.Total];
        Array.Fill(owners, -1);
        var places = new Dictionary<long, int>();
        for (var o = 0; o < _outputs.Slots.Count; o++)
        {
            var i = _inputs.SlotOf(group[0]);
            if (_pairs[i, o] is not { } pairs) continue;
            var (input, output) = (_inputs.Slots[i], _outputs.Slots[o]);
            if (pairs.Length == 0)
            {
                // Touches everything, hence is alone in its group.
                Array.Fill(owners, 0, output.Offset, output.Count);
                continue;
            }
            var (columns, rows) = KeysOf(i, o, pairs);
            places.Clear();
            for (var c = 0; c < group.Length; c++) places[columns[group[c] - input.Offset]] = c;
            for (var local = 0; local < output.Count; local++)
                if (places.TryGetValue(rows[local], out var place))
                    owners[output.Offset + local] = place;
        }
        return owners;
    }

    private (long[] columns, long[] rows) KeysOf(int i, int o, (int input, int output)[] pairs) =>
        _keys[i, o] ??= (Keys(_inputs.Slots[i], pairs.Select(pair => pair.input)), Keys(_outputs.Slots[o], pairs.Select(pair => pair.output)));

    /// <summary>For each element the indices in some dimensions, as one number.</summary>
    private static long[] Keys(TensorSlot slot, IEnumerable<int> dimensions)
    {
        var keys = new long[slot.Count];
        for (var local = 0; local < keys.Length; local++)
        {
            var index = slot.IndexOf(local);
            foreach (var d in dimensions) keys[local] = keys[local] * slot.Shape[d] + index[d];
        }
        return keys;
    }

    /// <summary>Whether anything is shared at all.</summary>
    public bool IsDense => !_pairs.Cast<(int, int)[]?>().Any(pairs => pairs is null || pairs.Length > 0);

    /// <summary>Groups of inputs that touch different outputs, so that one evaluation serves all of a group.</summary>
    public List<int[]> ColumnGroups()
    {
        var groups = new List<int[]>();
        for (var i = 0; i < _inputs.Slots.Count; i++)
        {
            var own = i;
            var dimensions = Shared(Enumerable.Range(0, _outputs.Slots.Count).Select(o => _pairs[own, o]), pair => pair.input);
            groups.AddRange(Groups(_inputs.Slots[i], dimensions));
        }
        return groups;
    }

    /// <summary>
    /// Groups of outputs that are touched by different inputs, so that one backward serves all of a group; each with the
    /// input slots it is for. An input whose own structure allows larger groups gets groups of its own where that saves some.
    /// </summary>
    public List<(int[] rows, int[] inputSlots)> RowGroups()
    {
        var groups = new List<(int[], int[])>();
        for (var o = 0; o < _outputs.Slots.Count; o++)
        {
            var (output, slot) = (o, _outputs.Slots[o]);
            if (slot.Count == 0) continue;
            var dependent = Enumerable.Range(0, _inputs.Slots.Count).Where(i => _pairs[i, output] is not null).ToArray();
            var apart = dependent.GroupBy(i => string.Join(",", Shared([_pairs[i, output]], pair => pair.output)))
                .Select(same => (slots: same.ToArray(), rows: Groups(slot, Shared(same.Select(i => _pairs[i, output]), pair => pair.output)))).ToList();
            var together = Groups(slot, Shared(dependent.Select(i => _pairs[i, output]), pair => pair.output));
            if (apart.Count == 0 || together.Count <= apart.Sum(part => part.rows.Count)) groups.AddRange(together.Select(rows => (rows, dependent)));
            else groups.AddRange(apart.SelectMany(part => part.rows.Select(rows => (rows, part.slots))));
        }
        return groups;
    }

    /// <summary>The structure in words.</summary>
    public IReadOnlyList<string> Describe()
    {
        var lines = new List<string>();
        for (var o = 0; o < _outputs.Slots.Count; o++)
            for (var i = 0; i < _inputs.Slots.Count; i++)
            {
                var (input, output) = (_inputs.Slots[i], _outputs.Slots[o]);
                if (_pairs[i, o] is not { } pairs) lines.Add($"{output.Name} doesn't depend on {input.Name}");
                else if (pairs.Length > 0) lines.Add($"{output.Name}[{Letters(output.Shape.Length, pairs.Select(pair => (pair.output, pair.output)))}] depends on {input.Name}[{Letters(input.Shape.Length, pairs.Select(pair => (pair.input, pair.output)))}]");
            }
        return lines;
    }

    private static string Letters(int dimensions, IEnumerable<(int at, int letter)> marks)
    {
        var text = Enumerable.Repeat("·", dimensions).ToArray();
        foreach (var (at, letter) in marks) text[at] = "ijklmnpqrs"[letter].ToString();
        return string.Join(", ", text);
    }

    /// <summary>The dimensions that all of several relations have; all relations that are none don't count.</summary>
    private static int[] Shared(IEnumerable<(int input, int output)[]?> relations, Func<(int input, int output), int> side)
    {
        HashSet<int>? shared = null;
        foreach (var relation in relations)
        {
            if (relation is null) continue;
            if (shared is null) shared = [.. relation.Select(side)];
            else shared.IntersectWith(relation.Select(side));
        }
        return shared is null ? [] : [.. shared.Order()];
    }

    /// <summary>The elements of a tensor, grouped so that those of a group differ in the given dimensions only.</summary>
    private static List<int[]> Groups(TensorSlot slot, int[] dimensions)
    {
        if (dimensions.Length == 0) return [.. Enumerable.Range(slot.Offset, slot.Count).Select(k => new[] { k })];
        var groups = new Dictionary<long, List<int>>();
        for (var local = 0; local < slot.Count; local++)
        {
            var index = slot.IndexOf(local);
            long key = slot.IsComplex ? local % 2 : 0;
            for (var d = 0; d < index.Length; d++) key = key * slot.Shape[d] + (dimensions.Contains(d) ? 0 : index[d]);
            if (!groups.TryGetValue(key, out var group)) groups[key] = group = [];
            group.Add(slot.Offset + local);
        }
        return [.. groups.Values.Select(group => group.ToArray())];
    }
}
