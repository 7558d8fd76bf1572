namespace TorchRef.Checks.Gradients;

/// <summary>The check's own check: errors put on purpose into right entries must be seen by the same judge.</summary>
internal static class Plant
{
    public static void Errors(NumericJacobian numeric, Judge judge, NumericSite site, GradCheckOptions options, Random random, SiteResult result)
    {
        var (rows, columns) = (site.Centre.Length, site.Point.Length);
        if (rows == 0 || columns == 0) return;
        var widest = (row: -1, column: -1, share: -1.0);
        for (var o = 0; o < rows; o++)
            foreach (ref readonly var entry in numeric.Row(o))
            {
                var k = entry.Column;
                if (!(numeric.ColumnScale[k] > 0)) continue;
                var judgement = judge.Of(o, entry, entry.Value, site.Scales[k]);
                if (judgement.Verdict != Verdict.Pass) continue;
                var share = judgement.Allowed / judge.Measure(o, entry, site.Scales[k]);
                if (share > widest.share) widest = (o, k, share);
            }
        if (widest.row < 0) return;
        // An error a little above twice what is allowed can't stay inside, whichever way the entry itself is off.
        result.Power = 2 * widest.share;
        Put(widest.row, widest.column);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var (row, column) = (random.Next(rows), random.Next(columns));
            if (!(numeric.ColumnScale[column] > 0) || judge.Of(row, numeric[row, column], numeric[row, column].Value, site.Scales[column]).Verdict != Verdict.Pass) continue;
            Put(row, column);
            break;
        }

        void Put(int row, int column)
        {
            var entry = numeric[row, column];
            var scale = judge.Measure(row, entry, site.Scales[column]);
            var size = Math.Max(options.RequiredPower * scale, options.AbsoluteTolerance * 1.001);
            var (output, input) = (site.Function.Outputs.Slots[site.Function.Outputs.SlotOf(row)], site.Function.Inputs.Slots[site.Function.Inputs.SlotOf(column)]);
            var where = $"{output.Name}[{string.Join(", ", output.IndexOf(row - output.Offset))}] by {input.Name}[{string.Join(", ", input.IndexOf(column - input.Offset))}]";
            var caught = judge.Of(row, entry, entry.Value + size, site.Scales[column]).Verdict == Verdict.Fail;
            result.Planted.Add(new PlantedFault(where, size, size / scale, caught));
        }
    }
}
