namespace TorchRef.Checks.Gradients;

/// <summary>One backward for each output: the analytic Jacobian with nothing shared, for finding out what is wrong with it.</summary>
internal static class Everything
{
    public static Matrices Collect(Linearization linearization, NumericJacobian numeric, Judge judge, NumericSite site, int[] rows, double weight, Tally tally)
    {
        var (analytic, values, allowed, wrong) = (new double[rows.Length][], new double[rows.Length][], new double[rows.Length][], new bool[rows.Length][]);
        var cotangent = new double[site.Centre.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            cotangent[rows[r]] = weight;
            analytic[r] = Array.ConvertAll(linearization.Pullback(cotangent), value => value / weight);
            cotangent[rows[r]] = 0;
            (values[r], allowed[r], wrong[r]) = (new double[site.Point.Length], new double[site.Point.Length], new bool[site.Point.Length]);
            for (var k = 0; k < site.Point.Length; k++)
            {
                var judgement = judge.Of(rows[r], numeric[rows[r], k], analytic[r][k], site.Scales[k]);
                tally.Add(rows[r], k, analytic[r][k], judgement);
                (values[r][k], allowed[r][k], wrong[r][k]) = (judgement.Numeric, judgement.Allowed, judgement.Verdict == Verdict.Fail);
            }
        }
        return new Matrices(rows, analytic, values, allowed, wrong);
    }
}
