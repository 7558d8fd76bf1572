using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>What must hold besides the numbers: the same exceptions, shapes, element types, random numbers, and nothing changed behind one's back.</summary>
internal static class ParityContracts
{
    /// <summary>The first breach of each kind.</summary>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<StepTrace> candidate, IReadOnlyList<StepTrace> reference, ModuleParityOptions options) =>
        [.. candidate.Zip(reference).SelectMany(pair => Check(pair.First, pair.Second, options)).DistinctBy(finding => finding.Cause)];

    private static IEnumerable<Finding> Check(StepTrace mine, StepTrace theirs, ModuleParityOptions options)
    {
        var where = mine.Step.Where;
        if (theirs.Failure is not null) yield break;
        if (mine.DeafModules.Count > 0 && theirs.DeafModules.Count == 0)
            yield return Fail(Cause.EvalMode, $"{(mine.Step.Training ? "train()" : "eval()")} doesn't reach {string.Join(", ", mine.DeafModules.Select(name => name.Length == 0 ? "the module itself" : name))}: its mode stays as it was");
        if (mine.ChangedInputs.Count > 0 && theirs.ChangedInputs.Count == 0)
            yield return Fail(Cause.InputChanged, $"the candidate's forward changes its input in place ({where}), which the reference leaves alone");
        if (mine.Failure is null && theirs.ChangedInputs.Count > 0 && mine.ChangedInputs.Count == 0)
            yield return Fail(Cause.InputChanged, $"the reference's forward changes its input in place ({where}); the candidate leaves it alone");
        if (mine.ChangedParameters.Except(theirs.ChangedParameters).FirstOrDefault() is { } parameter)
            yield return Fail(Cause.StateChanged, $"the candidate's forward changes the parameter {parameter} ({where})");
        if (mine.Failure is not null)
        {
            yield return Fail(Cause.Throws, $"the candidate's {mine.FailedIn} throws in {where}, where the reference's doesn't: {mine.Failure}");
            yield break;
        }
        if (mine.Output is { } output && theirs.Output is { } expected)
        {
            if (!output.shape.SequenceEqual(expected.shape))
                yield return Fail(Cause.Shape, $"the output's shape in {where}: expected [{string.Join(", ", expected.shape)}] but got [{string.Join(", ", output.shape)}]");
            else if (output.dtype != expected.dtype)
                yield return Fail(Cause.Precision, $"the output's element type in {where}: expected {expected.dtype.ToString().ToLowerInvariant()} but got {output.dtype.ToString().ToLowerInvariant()}");
        }
        foreach (var (name, buffer) in mine.Buffers)
            if (theirs.Buffers.TryGetValue(name, out var other) && !buffer.shape.SequenceEqual(other.shape))
                yield return Fail(Cause.Shape, $"{name}'s shape after {where}: expected [{string.Join(", ", other.shape)}] but got [{string.Join(", ", buffer.shape)}]");
        if (theirs.OutputRequiresGradient && !mine.OutputRequiresGradient)
            yield return Fail(Cause.NoGradient, $"the candidate's output requires no gradient in {where}: the graph is cut, and no gradient arrives");
        if (!theirs.OutputRequiresGradient && mine.OutputRequiresGradient)
            yield return Fail(Cause.GradModeDependent, $"the candidate's output requires a gradient in {where}, the reference's doesn't");
        if (options.CompareRandomNumbers && mine.NextRandom != theirs.NextRandom)
        {
            yield return Fail(Cause.RandomNumbers, (mine.Draws, theirs.Draws) switch
            {
                (true, false) => $"the candidate draws random numbers in {where}, the reference draws none",
                (false, true) => $"the candidate draws no random numbers from the generator in {where}, the reference does",
                _ => $"the candidate draws another number of random numbers than the reference in {where}: whatever is drawn next is another",
            });
        }
    }

    /// <summary>Inputs that must be refused, each that isn't in a sentence.</summary>
    public static IEnumerable<string> BadInputs(ParityBench bench, ModuleParityOptions options)
    {
        for (var i = 0; i < options.BadInputs.Count; i++)
        {
            var step = new ParityStep("bad input", i + 1, true, [options.BadInputs[i].detach().clone()], options.Seed) { StateScale = 1 };
            var shape = $"[{string.Join(", ", options.BadInputs[i].shape)}]";
            var theirs = bench.Run(bench.Reference, [step], ScalarType.Float64, Rounding.None)[0].Failure;
            var mine = bench.Run(bench.Candidate, [step], ScalarType.Float64, Rounding.None)[0].Failure;
            if (theirs is not null && mine is null) yield return $"an input of shape {shape} must be refused: expected {theirs} but got a result";
            else if (theirs is null && mine is not null) yield return $"an input of shape {shape} must be taken: expected a result but got {mine}";
            else if (options.CompareErrorTexts && theirs != mine) yield return $"an input of shape {shape} is refused in other words: expected {theirs} but got {mine}";
        }
    }

    /// <summary>What the steps can't show.</summary>
    public static void Blindness(ReferenceRuns runs, ModuleParityOptions options, List<string> blindSpots)
    {
        foreach (var name in runs.Exact.SelectMany(trace => trace.Quantities.Select(pair => pair.name)).Distinct())
        {
            var values = runs.Exact.Select(trace => trace.Quantities.FirstOrDefault(pair => pair.name == name).value).Where(value => value is not null).ToList();
            if (name.Contains("gradient", StringComparison.Ordinal) && values.All(value => Allowance.LargestOf(value!) == 0))
                blindSpots.Add($"{name} is zero in every step: a wrong factor in it can't be seen");
        }
        if (!options.RandomizeState || !options.CopyState)
        {
            var constant = runs.Exact[0].StateBefore.Where(pair => RandomState.IsConstant(pair.Value)).Select(pair => pair.Key).ToList();
            if (constant.Count > 0) blindSpots.Add($"{string.Join(", ", constant)} {(constant.Count == 1 ? "is" : "are")} all one number, which hides whether and where {(constant.Count == 1 ? "it is" : "they are")} used");
        }
        if (runs.Exact.Any(trace => trace.Draws)) blindSpots.Add("the ends of a probability (p = 0, p = 1) are other modules: compare those by themselves");
        if (runs.Exact.Any(trace => trace.Output is { } output && !output.isfinite().all().item<bool>())) blindSpots.Add("some of the reference's outputs aren't finite: NaN hides whatever went into it");
    }

    private static Finding Fail(Cause cause, string text) => new(cause, text, Verdict.Fail);
}
