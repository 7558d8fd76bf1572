using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Why two optimisers differ, from their moves on chosen values and gradients.</summary>
/// <remarks>
/// An optimiser moves each element by itself, so constant tensors tell all: with the parameter put back to 0 before each step
/// nothing decays, and what is left is the rule; with gradients of 0 and the parameter at 1 nothing is left but decay.
/// </remarks>
internal sealed class OptimizerDiagnosis(OptimizerBench bench, Func<nn.Module, ParityOptimizer> candidate, Func<nn.Module, ParityOptimizer> reference)
{
    private const double Tolerance = 1e-7;

    private static readonly double[] s_uneven = [1, -0.5, 2, 0.25, 0.25, 0.5];

    public Diagnosis Of(IReadOnlyList<ParityEntry> entries, Divergence? first, IReadOnlyList<Finding> findings)
    {
        if (findings.FirstOrDefault(finding => finding.Cause is Cause.GradientChanged or Cause.Throws && finding.Verdict == Verdict.Fail) is { } broken) return new Diagnosis(broken.Cause, broken.Text);
        var wrong = entries.Where(entry => entry.Verdict == Verdict.Fail).ToList();
        if (wrong.All(entry => entry.Type == ScalarType.Float32) && first is not null)
            return new Diagnosis(Cause.Precision, $"the rule is right (float64 agrees), but float32 loses digits: {first}", first.Quantity);
        if (WithoutGradient(wrong) is { } still) return still;
        if (Moves(OptimizerProblem.Weight) is not { } moves)
            return new Diagnosis(Cause.Unknown, $"they differ, and one of them throws when it is tried further: {first}", first?.Quantity);
        return Groups(wrong) ?? moves.Rule() ?? moves.Decay() ?? OfState(wrong)
            ?? new Diagnosis(Cause.Unknown, $"they differ in no way that is known: {first}", first?.Quantity);
    }

    private static Diagnosis? OfState(List<ParityEntry> wrong) =>
        wrong.All(entry => entry.Quantity.Contains(" of ", StringComparison.Ordinal)) && wrong.Count > 0
            ? new Diagnosis(Cause.StateNotKept, $"the parameters move alike, but what is remembered differs: {wrong[0].Quantity} is off by {wrong[0].Relative:G2} of its largest value", wrong[0].Quantity)
            : null;

    private static Diagnosis? WithoutGradient(List<ParityEntry> wrong)
    {
        if (wrong.FirstOrDefault(entry => entry.Quantity == OptimizerProblem.Unused) is not { } moved) return null;
        // Growing with the parameter it is decay; either way a gradient that isn't there moves nothing.
        return new Diagnosis(Cause.DecayedParameters, FormattableString.Invariant($"a parameter without a gradient ({moved.Quantity}) is moved, by up to {moved.Error:G3}: one that has none must be left alone, by decay too"), moved.Quantity);
    }

    /// <summary>Decay of the wrong parameters: all of one kind differ, and only in what decay does.</summary>
    private Diagnosis? Groups(List<ParityEntry> wrong)
    {
        var (mine, theirs) = (bench.Moves(candidate, 1, 0.0), bench.Moves(reference, 1, 0.0));
        var (still, right) = (bench.Moves(candidate, 0, 1.0), bench.Moves(reference, 0, 1.0));
        if (mine is null || theirs is null || still is null || right is null) return null;
        var names = wrong.Select(entry => entry.Quantity).Where(mine.ContainsKey).Distinct().ToList();
        var decayed = names.Where(name => mine[name][0] != 0 && theirs[name][0] == 0).ToList();
        var spared = names.Where(name => mine[name][0] == 0 && theirs[name][0] != 0).ToList();
        var ruled = mine.Keys.All(name => name == OptimizerProblem.Unused || Near(still[name][0], right[name][0]));
        if (!ruled || decayed.Count + spared.Count == 0 || decayed.Count + spared.Count < names.Count) return null;
        // All of them, where none should be or all should be: then it is the strength that differs, not the choice.
        var all = mine.Keys.Count(name => name is not (OptimizerProblem.Unused or OptimizerProblem.Still));
        if (spared.Count >= all || decayed.Count >= all) return null;
        return decayed.Count > 0
            ? new Diagnosis(Cause.DecayedParameters, $"{string.Join(", ", decayed)} {(decayed.Count == 1 ? "decays" : "decay")}, which the reference leaves alone", decayed[0])
            : new Diagnosis(Cause.DecayedParameters, $"{string.Join(", ", spared)} {(spared.Count == 1 ? "doesn't" : "don't")} decay, which the reference lets decay", spared[0]);
    }

    private OptimizerMoves? Moves(string parameter)
    {
        double[]? Of(Func<nn.Module, ParityOptimizer> who, double value, params double[] gradients) => bench.Moves(who, value, gradients)?[parameter];
        double[]? Mixed(Func<nn.Module, ParityOptimizer> who, double[] values, double[] gradients) => bench.Moves(who, values, gradients)?[parameter];
        var moves = new OptimizerMoves((who, value, gradients) => Of(who ? candidate : reference, value, gradients), (who, values, gradients) => Mixed(who ? candidate : reference, values, gradients), s_uneven, Tolerance);
        return moves.Works ? moves : null;
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));
}
