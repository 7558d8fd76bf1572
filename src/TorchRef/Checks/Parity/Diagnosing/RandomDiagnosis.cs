namespace TorchRef.Checks.Parity;

/// <summary>What drops at random: masks, probabilities, scales.</summary>
internal static class RandomDiagnosis
{
    public static Diagnosis? Of(ParityEvidence evidence)
    {
        if (!evidence.IsRandom && !evidence.IsIdentityInEvaluation) return null;
        var training = evidence.Training.Where(pair => pair.Candidate.Output is not null && pair.Candidate.Inputs.Length == 1 && pair.Candidate.Output.shape.SequenceEqual(pair.Candidate.Inputs[0].shape)).ToList();
        if (training.FirstOrDefault(pair => pair.OutputDiffers) is { } wrong) return OfOutput(evidence, training, wrong);
        return training.Select(pair => OfGradient(evidence, pair)).FirstOrDefault(diagnosis => diagnosis is not null);
    }

    /// <summary>p, from the share by which the reference scales what it keeps; null where it doesn't look like dropout.</summary>
    public static double? ProbabilityOf(ParityEvidence evidence)
    {
        foreach (var pair in evidence.Training)
        {
            if (pair.Reference.Output is not { } output || pair.Reference.Inputs.Length != 1 || !output.shape.SequenceEqual(pair.Reference.Inputs[0].shape)) continue;
            var (x, y) = (Numbers.Of(pair.Reference.Inputs[0]), Numbers.Of(output));
            var kept = x.Zip(y).Where(one => one.First != 0 && one.Second != 0).Select(one => one.Second / one.First).ToList();
            if (kept.Count > 0 && kept.Count < x.Length && kept.Max() - kept.Min() <= 1e-6 * kept.Max() && kept[0] > 1) return 1 - 1 / kept[0];
        }
        return null;
    }

    private static Diagnosis OfOutput(ParityEvidence evidence, List<StepPair> training, StepPair pair)
    {
        var (x, mine, theirs) = (Numbers.Of(pair.Reference.Inputs[0]), Numbers.Of(pair.Candidate.Output!), Numbers.Of(pair.Reference.Output!));
        var (p, where) = (ProbabilityOf(evidence), pair.Step.Where);
        var names = new FactorNames(pair.Reference.Inputs[0].shape).With(p);
        if (Repeats(evidence, pair) is { } notReplayable) return notReplayable;
        if (Numbers.Factor(mine, theirs, evidence.Tolerance) is { } factor)
            return new Diagnosis(
                Cause.DropoutScale, $"the right elements are dropped, but what is kept is the right value times {names.Describe(factor)} ({where})" + (p is { } one && Math.Abs(factor - (1 - one)) < 1e-6 ? ": the scale 1/(1 − p) is missing" : ""),
                StepTrace.OutputName, factor);
        var (drops, expected) = (Dropped(x, mine), Dropped(x, theirs));
        var share = (double)drops.Count(drop => drop) / Math.Max(1, drops.Length);
        if (!evidence.IsRandom && drops.Any(drop => drop) != expected.Any(drop => drop))
            return new Diagnosis(Cause.DropoutScale, FormattableString.Invariant($"{100 * share:0} % of the elements are dropped in {where}, where the reference drops {100.0 * expected.Count(drop => drop) / expected.Length:0} %: an end of the probability (p = 0 or p = 1) is taken otherwise"), StepTrace.OutputName);
        if (!drops.Any(drop => drop) && expected.Any(drop => drop))
        {
            return (Numbers.Same(mine, x, evidence.Tolerance) ? 1 : Numbers.Factor(mine, x, evidence.Tolerance)) is { } scale
                ? new Diagnosis(Cause.RandomNumbers, $"nothing is dropped in training ({where}): the output is the input times {names.Describe(scale)}", StepTrace.OutputName, scale)
                : Other(where);
        }
        var turned = x.Zip(drops.Zip(expected)).All(one => one.First == 0 || one.Second.First != one.Second.Second);
        if (turned && p is { } half && Math.Abs(half - 0.5) < 0.02)
            return new Diagnosis(Cause.RandomNumbers, $"exactly the elements that the reference keeps are dropped and the reverse ({where}): the same random numbers are compared the other way round", StepTrace.OutputName);
        if (turned || Swapped(evidence, training, p))
            return new Diagnosis(Cause.DropoutScale, $"what should be kept is dropped and the reverse ({where}): p is taken for the probability of keeping", StepTrace.OutputName);
        if (Reused(training, pair) is { } first)
            return new Diagnosis(Cause.RandomNumbers, $"the mask of {first.Step.Where} is used again in {where}: a mask must be drawn at each call", StepTrace.OutputName);
        return Shape(pair, drops, expected) is { } shape
            ? new Diagnosis(Cause.RandomNumbers, $"{shape} ({where}): the mask has another shape than the reference's", StepTrace.OutputName)
            : Scale(x, mine, drops, p, evidence.Tolerance) is { } wrong
                ? new Diagnosis(Cause.DropoutScale, $"other elements are dropped, and what is kept is the input times {names.Describe(wrong)} in place of {names.Describe(1 / (1 - p!.Value))} ({where})", StepTrace.OutputName, wrong)
                : Other(where);
    }

    private static Diagnosis Other(string where) => new(
        Cause.RandomNumbers, $"with the same seed other elements are dropped than by the reference ({where}): the random numbers differ in kind, number or order", StepTrace.OutputName);

    private static Diagnosis? Repeats(ParityEvidence evidence, StepPair pair)
    {
        var (first, second) = (evidence.Repeat(pair), evidence.Repeat(pair));
        if (first.Output is null || second.Output is null || Numbers.Same(Numbers.Of(first.Output), Numbers.Of(second.Output), 0)) return null;
        return new Diagnosis(Cause.RandomNumbers, $"the same seed doesn't give the same output twice ({pair.Step.Where}): the random numbers don't come from the generator that manual_seed sets", StepTrace.OutputName);
    }

    private static Diagnosis? OfGradient(ParityEvidence evidence, StepPair pair)
    {
        var name = pair.Reference.InputGradientName(0);
        if (pair.OutputDiffers || !pair.Differing.Contains(name) || pair.Mine(name) is not { } gradient || pair.Theirs(name) is not { } expected) return null;
        var (mine, theirs, cotangent) = (Numbers.Of(gradient), Numbers.Of(expected), Numbers.Of(pair.Reference.Cotangent!));
        if (mine.All(value => value == 0)) return null;
        if (Numbers.Factor(mine, theirs, evidence.Tolerance) is { } factor)
        {
            var text = new FactorNames(pair.Reference.Inputs[0].shape).With(ProbabilityOf(evidence)).Describe(factor);
            return new Diagnosis(Cause.DropoutScale, $"{name} has the right mask, but is the right one times {text} ({pair.Step.Where}): backward must scale as forward does", name, factor);
        }
        return Dropped(cotangent, mine).SequenceEqual(Dropped(cotangent, theirs))
            ? null
            : new Diagnosis(Cause.MaskNotReused, $"{name} is zero elsewhere than the output ({pair.Step.Where}): backward takes another mask than forward did", name);
    }

    private static bool[] Dropped(double[] from, double[] to) => [.. from.Zip(to, (x, y) => x != 0 && y == 0)];

    private static bool Swapped(ParityEvidence evidence, List<StepPair> training, double? probability)
    {
        if (probability is not { } p || Math.Abs(p - 0.5) < 0.02) return false;
        var (dropped, total) = (0L, 0L);
        foreach (var pair in training)
        {
            var drops = Dropped(Numbers.Of(pair.Candidate.Inputs[0]), Numbers.Of(pair.Candidate.Output!));
            (dropped, total) = (dropped + drops.Count(drop => drop), total + drops.Length);
        }
        var (share, deviation) = ((double)dropped / total, Math.Sqrt(p * (1 - p) / total));
        return Math.Abs(share - (1 - p)) < 3 * deviation && Math.Abs(share - p) > 3 * deviation;
    }

    private static StepPair? Reused(List<StepPair> training, StepPair pair)
    {
        foreach (var earlier in training.TakeWhile(other => !ReferenceEquals(other, pair)))
        {
            if (!earlier.Candidate.Inputs[0].shape.SequenceEqual(pair.Candidate.Inputs[0].shape)) continue;
            bool Alike(Func<StepPair, StepTrace> of) =>
                Dropped(Numbers.Of(of(earlier).Inputs[0]), Numbers.Of(of(earlier).Output!)).SequenceEqual(Dropped(Numbers.Of(of(pair).Inputs[0]), Numbers.Of(of(pair).Output!)));
            if (Alike(one => one.Candidate) && !Alike(one => one.Reference)) return earlier;
        }
        return null;
    }

    private static string? Shape(StepPair pair, bool[] drops, bool[] expected)
    {
        var shape = pair.Reference.Inputs[0].shape;
        if (shape.Length < 2) return null;
        foreach (var partition in Partition.Of(shape).Where(one => one.Size > 1))
        {
            bool Whole(bool[] mask)
            {
                var first = new bool?[partition.Count];
                for (var i = 0; i < mask.Length; i++)
                    if ((first[partition.Group[i]] ??= mask[i]) != mask[i]) return false;
                return true;
            }
            if (Whole(expected) && !Whole(drops)) return $"elements are dropped one by one where the reference drops {partition.Name} as a whole";
            if (Whole(drops) && !Whole(expected) && drops.Any(drop => !drop)) return $"{partition.Name} is dropped as a whole where the reference drops single elements";
        }
        return null;
    }

    /// <summary>By what the kept elements are scaled, where it isn't what it should be.</summary>
    private static double? Scale(double[] x, double[] y, bool[] drops, double? probability, double tolerance)
    {
        if (probability is not { } p) return null;
        var ratios = x.Zip(y).Where((one, i) => !drops[i] && one.First != 0).Select(one => one.Second / one.First).ToList();
        if (ratios.Count == 0 || ratios.Max() - ratios.Min() > tolerance * Math.Abs(ratios[0])) return null;
        return Math.Abs(ratios[0] - 1 / (1 - p)) > 1e-6 / (1 - p) ? ratios[0] : null;
    }
}
