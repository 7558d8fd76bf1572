namespace TorchRef.Checks.Parity;

/// <summary>What the moves of a single number say about two optimisers.</summary>
/// <param name="constant">The moves of the candidate (true) or the reference, with a value put back before each step, for gradients in turn; null where it throws.</param>
/// <param name="mixed">The same with another value before each step.</param>
/// <param name="uneven">Gradients that rise, fall and change sign.</param>
/// <param name="tolerance">The share up to which moves are the same.</param>
internal sealed class OptimizerMoves(Func<bool, double, double[], double[]?> constant, Func<bool, double[], double[], double[]?> mixed, double[] uneven, double tolerance)
{
    private const bool Candidate = true, Reference = false;

    /// <summary>How decay acts.</summary>
    private enum Place
    {
        None,

        /// <summary>As part of the gradient: it goes through momentum and averages.</summary>
        Inside,

        /// <summary>Beside the step.</summary>
        Outside,
    }

    public bool Works => new[] { Candidate, Reference }.All(who => constant(who, 0, uneven) is not null && constant(who, 1, [0]) is not null);

    /// <summary>Whether steps are of one size whatever the gradient's.</summary>
    private bool IsAdaptive => constant(Reference, 0, [1])![0] is var one && constant(Reference, 0, [1000])![0] is var other && Math.Abs(one - other) <= 1e-3 * Math.Abs(one);

    /// <summary>The mistake in what is left when nothing decays; null where that is right.</summary>
    public Diagnosis? Rule()
    {
        var (mine, theirs) = (Of(Candidate, 1), Of(Reference, 1));
        var small = Same(Of(Candidate, 1e-7), Of(Reference, 1e-7));
        if (Same(mine, theirs) && small) return null;
        if (!small && IsAdaptive && Same(Of(Candidate, 1e6), Of(Reference, 1e6), 1e-8))
            return new Diagnosis(Cause.Epsilon, FormattableString.Invariant($"steps agree for large gradients and not for small ones: ε is another one or elsewhere (a gradient of 1e-7 moves a parameter by {Of(Candidate, 1e-7)[0]:G5} in place of {Of(Reference, 1e-7)[0]:G5})"));
        var ratios = mine.Zip(theirs, (m, t) => m / t).ToArray();
        if (ratios.All(ratio => Math.Abs(ratio - ratios[0]) <= tolerance * Math.Abs(ratios[0]))) return Size(ratios[0]);
        var constants = uneven.Select(_ => 1.0).ToArray();
        var (steady, right) = (constant(Candidate, 0, constants)!, constant(Reference, 0, constants)!);
        // The first step of a fresh one, for each gradient: what keeps nothing does just that.
        bool Forgets(bool who, double[] moves) => moves.Select((move, i) => Near(move, constant(who, 0, [uneven[i]])![0])).All(one => one);
        if (Forgets(Candidate, mine) && !Forgets(Reference, theirs))
            return new Diagnosis(Cause.StateNotKept, "each step is as if it were the first: what the reference remembers from step to step (momentum, averages) isn't kept");
        if (!Forgets(Candidate, mine) && Forgets(Reference, theirs))
            return new Diagnosis(Cause.MomentumRule, "a step depends on the gradients before it, the reference's doesn't: there is momentum where there should be none");
        if (IsAdaptive) return Averages(steady, right);
        return Near(mine[0], theirs[0])
            ? new Diagnosis(Cause.MomentumRule, FormattableString.Invariant($"the first step agrees and later ones don't (the second moves by {mine[1]:G5} in place of {theirs[1]:G5}): momentum, dampening or Nesterov's look ahead follows another rule"))
            : new Diagnosis(Cause.MomentumRule, FormattableString.Invariant($"the first step moves by {mine[0]:G5} in place of {theirs[0]:G5}, and later ones by another share: momentum starts otherwise, is dampened from the first step on, or looks ahead otherwise"));
    }

    /// <summary>The mistake in decay; null where there is none.</summary>
    public Diagnosis? Decay()
    {
        var (mine, theirs) = (PlaceOf(Candidate), PlaceOf(Reference));
        var (moved, right) = (constant(Candidate, 1, [0])![0], constant(Reference, 1, [0])![0]);
        if (mine == Place.None && theirs == Place.None) return null;
        if (mine == Place.None) return new Diagnosis(Cause.DecayStrength, "weight decay isn't applied", null, 0);
        if (theirs == Place.None) return new Diagnosis(Cause.DecayStrength, "weights decay, and the reference's don't");
        if (mine != theirs && !(Near(moved, right) && constant(Candidate, 1, [0, 0, 0])!.Zip(constant(Reference, 1, [0, 0, 0])!).All(pair => Near(pair.First, pair.Second)))) return Placed(mine, moved, right);
        var factor = mine == Place.Inside && IsAdaptive ? Equivalent() : moved / right;
        if (factor is not { } f || Math.Abs(f - 1) <= 1e-6) return null;
        if (Math.Abs(f + 1) <= 1e-6) return new Diagnosis(Cause.DecayPlace, "decay has the wrong sign: weights grow in place of shrinking (where a function is climbed, the sign of the gradient turns and that of decay doesn't)", null, -1);
        var rate = Math.Abs(constant(Reference, 0, [1])![0]);
        if (mine == Place.Outside && Math.Abs(f * rate - 1) <= 1e-4) return new Diagnosis(Cause.DecayStrength, FormattableString.Invariant($"decay lacks the learning rate: weights shrink by λ in a step in place of lr·λ, {f:G5} times as much"), null, f);
        if (mine == Place.Outside && Math.Abs(f - rate) <= 1e-4 * rate) return new Diagnosis(Cause.DecayStrength, FormattableString.Invariant($"decay has the learning rate twice: {f:G5} times as much as it should be"), null, f);
        return new Diagnosis(Cause.DecayStrength, FormattableString.Invariant($"decay is {f:G6} times as strong as it should be{(Math.Abs(f - 2) < 1e-6 ? ": 2λ for λ, the ½ of the penalty is missing" : Math.Abs(f - 0.5) < 1e-6 ? ": λ/2 for λ" : "")}"), null, f);
    }

    private Diagnosis Size(double factor)
    {
        if (Math.Abs(factor + 1) <= tolerance) return new Diagnosis(Cause.StepSize, "steps have the wrong sign: it climbs where the reference descends, or the reverse", null, -1);
        // θ − lr·g shrunk by what decay takes: decay of the new weight.
        var decay = 1 + constant(Candidate, 1, [0])![0];
        return Math.Abs(decay - 1) > tolerance && Math.Abs(factor - decay) <= tolerance
            ? new Diagnosis(Cause.DecayPlace, FormattableString.Invariant($"decay takes the weight as it is after the step, not before it: steps are shortened by 1 − lr·λ = {decay:G6}"))
            : new Diagnosis(Cause.StepSize, FormattableString.Invariant($"steps are {factor:G6} times as long as they should be"), null, factor);
    }

    private Diagnosis Averages(double[] steady, double[] right)
    {
        if (steady.Zip(right).All(pair => Near(pair.First, pair.Second)))
            return new Diagnosis(Cause.StateNotKept, "with the same gradient in each step they agree, with changing ones not: an average or a maximum isn't kept as it should be");
        // Long after the start the averages have forgotten that they began at 0.
        var many = Enumerable.Repeat(1.0, 400).ToArray();
        var (late, lateRight) = (constant(Candidate, 0, many)![^1], constant(Reference, 0, many)![^1]);
        var fading = Uncorrected([.. steady.Zip(right, (s, r) => s / r)]) || Math.Abs(late / lateRight - 1) < 0.35 * Math.Abs(steady[0] / right[0] - 1) || Math.Abs(late / lateRight - 1) < 0.35 * steady.Zip(right, (s, r) => Math.Abs(s / r - 1)).Max();
        return fading
            ? new Diagnosis(Cause.BiasCorrection, FormattableString.Invariant($"with the same gradient in each step the first moves by {steady[0]:G5} in place of {right[0]:G5}, the third by {steady[2]:G5} in place of {right[2]:G5}: averages that start at 0 aren't made up for as they should be"))
            : new Diagnosis(Cause.MomentumRule, FormattableString.Invariant($"with the same gradient in each step it moves by {string.Join(", ", steady.Take(3).Select(move => FormattableString.Invariant($"{move:G4}")))} … in place of {string.Join(", ", right.Take(3).Select(move => FormattableString.Invariant($"{move:G4}")))} …: the averages follow another rule"));
    }

    /// <summary>Whether moves are as (1 − β₁ᵗ)/√(1 − β₂ᵗ) for some β₁ and β₂, the correction that is missing or stands still; 0 where one of the two is right.</summary>
    private static bool Uncorrected(double[] ratios)
    {
        static double Sum(double beta, int terms) => Enumerable.Range(0, terms).Sum(power => Math.Pow(beta, power));
        var second = ratios[1] / ratios[0];
        for (var beta1 = 0.0; beta1 < 1; beta1 += 0.0005)
        {
            // The ratio of the second move to the first gives β₂, the others must follow.
            var beta2 = Math.Pow((1 + beta1) / second, 2) - 1;
            if (beta2 is >= -1e-6 and < 1 && ratios.Select((ratio, t) => Math.Abs(Sum(beta1, t + 1) / Math.Sqrt(Sum(beta2, t + 1)) / (ratio / ratios[0]) - 1)).Max() < 1e-3) return true;
        }
        return false;
    }

    private Diagnosis Placed(Place mine, double moved, double right)
    {
        var seen = Near(moved, right) ? "" : FormattableString.Invariant($" (with no gradient a weight of 1 moves by {moved:G5} in place of {right:G5})");
        if (mine == Place.Outside && !IsAdaptive)
            return new Diagnosis(Cause.DecayPlace, "decay is added after momentum: it must go into the velocity together with the gradient (coupled)");
        return mine == Place.Outside
            ? new Diagnosis(Cause.DecayCoupling, $"decay is decoupled, weights shrink beside the step; it must be added to the gradient{seen}")
            : new Diagnosis(Cause.DecayCoupling, $"decay is coupled, added to the gradient; it must be decoupled, weights shrinking beside the step{seen}");
    }

    private Place PlaceOf(bool who)
    {
        var (one, two) = (constant(who, 1, [0, 0, 0])!, constant(who, 2, [0, 0, 0])!);
        if (one.All(move => Math.Abs(move) < 1e-15)) return Place.None;
        var proportional = one.Zip(two).All(pair => Near(2 * pair.First, pair.Second));
        return proportional && one.All(move => Near(move, one[0])) ? Place.Outside : Place.Inside;
    }

    /// <summary>Candidate's λ over the reference's: the gradients that would move a number at 0 as decay does one at 1, by bisection.</summary>
    private double? Equivalent()
    {
        double? Lambda(bool who)
        {
            var target = mixed(who, [0, 1], [1, 0])?[1];
            if (target is not { } move) return null;
            double At(double gradient) => constant(Reference, 0, [1, gradient])![1];
            // Around no decay the move answers a gradient in one direction.
            var (low, high) = (-0.6, 0.6);
            if ((At(low) - move) * (At(high) - move) > 0) return null;
            for (var i = 0; i < 60; i++)
            {
                var middle = (low + high) / 2;
                if ((At(low) - move) * (At(middle) - move) <= 0) high = middle;
                else low = middle;
            }
            return (low + high) / 2;
        }
        return Lambda(Candidate) is { } mine && Lambda(Reference) is { } right && Math.Abs(right) > 1e-12 ? Math.Round(mine / right, 6) : null;
    }

    private double[] Of(bool who, double scale) => constant(who, 0, [.. uneven.Select(gradient => gradient * scale)])!;

    private bool Same(double[] one, double[] other, double? within = null) => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= (within ?? tolerance) * Math.Max(Math.Abs(pair.First), Math.Abs(pair.Second)));

    private bool Near(double one, double other) => Math.Abs(one - other) <= tolerance * Math.Max(Math.Abs(one), Math.Abs(other));
}
