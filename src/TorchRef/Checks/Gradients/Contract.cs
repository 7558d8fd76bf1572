using TorchRef.Checks.Reporting;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>What a function must keep to before its derivative can be spoken of: the same again from the same, inputs and state left alone, one backward like the next.</summary>
internal static class Contract
{
    /// <summary>Two results further apart than this share of their size aren't the same up to the order of a sum.</summary>
    private const double SameUpToOrder = 1e-10;

    /// <summary>Runs forward twice. The first finding of verdict Fail or Inconclusive ends the check.</summary>
    public static List<Finding> InspectForward(CheckedFunction function, double[] point)
    {
        var findings = new List<Finding>();
        var first = Array.Empty<double>();
        function.State.Observe(() => first = function.Evaluate(point));
        if (function.ChangedInput(point) is { } input)
            findings.Add(new Finding(Cause.InputChanged, $"{input} was changed in place: forward must leave its inputs as they are", Verdict.Fail));
        if (function.ChangedParameter(point) is { } parameter)
            findings.Add(new Finding(Cause.StateChanged, $"forward changed the parameter {parameter}: only registered buffers may change", Verdict.Fail));
        if (function.State.ChangedMode() is { } mode)
            findings.Add(new Finding(Cause.StateChanged, $"forward changed a mode: {mode}", Verdict.Fail));
        var second = function.Evaluate(point);
        var third = function.Evaluate(point);
        if (!CheckedFunction.SameBits(first, second) || !CheckedFunction.SameBits(first, third))
        {
            var distance = Math.Max(Distance(first, second, function.Outputs), Distance(first, third, function.Outputs));
            findings.Add(distance <= SameUpToOrder
                ? new Finding(Cause.NotReplayable, $"forward isn't the same bit for bit when it runs again; the difference, {ReportNumber.Of(distance)} of the largest output, is that of round-off", Verdict.Pass)
                : new Finding(Cause.NotReplayable, "forward isn't replayable: from the same inputs, parameters, buffers and torch random numbers it gives other outputs. It keeps state outside of registered buffers, or draws random numbers that torch.manual_seed doesn't govern", Verdict.Fail));
        }
        var strange = first.Count(value => !double.IsFinite(value));
        if (strange > 0) findings.Add(new Finding(Cause.NotFinite, $"{strange} of {first.Length} outputs are NaN or infinite at the given inputs: there is nothing to differentiate", Verdict.Inconclusive));
        if (first.Length == 0) findings.Add(new Finding(Cause.NoGradient, "the function has no floating-point output", Verdict.Inconclusive));
        return findings;
    }

    /// <summary>Looks at what float64 resolves and float32 doesn't.</summary>
    public static void InspectPrecision(NumericSite site, List<Finding> findings)
    {
        if (IsStaircase(site))
            findings.Add(new Finding(Cause.Precision, "the outputs don't follow the inputs over steps as small as float64 resolves: somewhere inside, values have only the digits of float32", Verdict.Fail));
    }

    /// <summary>Runs backward a few times through a graph at the site.</summary>
    /// <param name="function">The function.</param>
    /// <param name="site">The point.</param>
    /// <param name="linearization">Its graph there.</param>
    /// <param name="varies">Whether differences see the outputs change at all.</param>
    /// <param name="random">Draws the incoming gradient.</param>
    /// <param name="findings">Takes what is found.</param>
    /// <returns>The incoming gradient and what backward made of it; null where there is no graph or backward threw.</returns>
    public static (double[] cotangent, double[] gradient)? InspectGraph(CheckedFunction function, NumericSite site, Linearization linearization, bool varies, Random random, List<Finding> findings)
    {
        if (!linearization.HasGraph)
        {
            findings.Add(varies
                ? new Finding(Cause.NoGradient, "the outputs require no gradient although they change with the inputs: the graph is cut (detach, no_grad, an integer type, or values taken out of tensors)", Verdict.Fail)
                : new Finding(Cause.NoGradient, "the outputs require no gradient, and don't change with the inputs: there is nothing to check", Verdict.Inconclusive));
            return null;
        }
        foreach (var o in linearization.OutputsWithoutGraph) findings.Add(new Finding(Cause.NoGradient, $"output {o} requires no gradient", Verdict.Pass));
        var distance = Distance(site.Centre, linearization.Values(), function.Outputs);
        if (distance > SameUpToOrder)
            findings.Add(new Finding(Cause.GradModeDependent, $"forward gives other outputs when a gradient is asked for than under no_grad, by {ReportNumber.Of(distance)} of the largest", Verdict.Fail));
        var cotangent = Cotangents.Random(site.Centre.Length, random);
        double[] gradient;
        try
        {
            using var scope = NewDisposeScope();
            var before = get_rng_state();
            gradient = linearization.Pullback(cotangent, keepsIncoming: out var keeps);
            if (!keeps) findings.Add(new Finding(Cause.GradientChanged, "backward changed the incoming gradient in place: others that it belongs to get the changed one", Verdict.Fail));
            var draws = !before.allclose(get_rng_state(), 0, 0);
            var again = linearization.Pullback(cotangent);
            InspectRepeat(gradient, again, draws, function, findings);
            InspectLinearity(linearization, cotangent, gradient, random, site, findings);
            InspectZero(linearization, site.Centre.Length, gradient, findings);
            InspectUndefined(linearization, function, cotangent, findings);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            findings.Add(new Finding(Cause.BackwardThrew, $"backward ended with {exception.GetType().Name}: {FirstLine(exception.Message)}", Verdict.Fail));
            return null;
        }
        if (function.ChangedParameter(site.Point) is { } parameter)
            findings.Add(new Finding(Cause.StateChanged, $"backward changed the parameter {parameter}", Verdict.Fail));
        return (cotangent, gradient);
    }

    public static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();

    private static void InspectRepeat(double[] gradient, double[] again, bool draws, CheckedFunction function, List<Finding> findings)
    {
        if (draws && !function.State.DrawsRandomNumbers) findings.Add(new Finding(Cause.BackwardNotDeterministic, "backward draws random numbers, though forward draws none", Verdict.Fail));
        else if (draws) findings.Add(new Finding(Cause.MaskNotReused, "backward draws random numbers: it must use those that forward drew", Verdict.Fail));
        if (CheckedFunction.SameBits(gradient, again)) return;
        var distance = Distance(gradient, again, function.Inputs);
        if (distance <= SameUpToOrder)
        {
            findings.Add(new Finding(Cause.BackwardNotDeterministic, $"two backward passes from the same incoming gradient differ in the order of round-off ({ReportNumber.Of(distance)} of the largest)", Verdict.Pass));
            return;
        }
        var sums = Array.TrueForAll(Enumerable.Range(0, gradient.Length).ToArray(), k => Math.Abs(again[k] - 2 * gradient[k]) <= 1e-9 * Math.Abs(again[k]) || again[k].Equals(gradient[k]));
        findings.Add(sums
            ? new Finding(Cause.Accumulates, "a second backward gives twice what the first gave: it adds to a tensor that it should make anew", Verdict.Fail)
            : new Finding(draws ? Cause.MaskNotReused : Cause.BackwardNotDeterministic, $"two backward passes from the same incoming gradient differ, by {ReportNumber.Of(distance)} of the largest: backward depends on more than what forward saved", Verdict.Fail));
    }

    private static void InspectLinearity(Linearization linearization, double[] cotangent, double[] gradient, Random random, NumericSite site, List<Finding> findings)
    {
        if (findings.Exists(finding => finding.Verdict == Verdict.Fail)) return;
        var other = Cotangents.Random(cotangent.Length, random);
        var sum = new double[cotangent.Length];
        for (var o = 0; o < sum.Length; o++) sum[o] = cotangent[o] - 2 * other[o];
        var (ofOther, ofSum) = (linearization.Pullback(other), linearization.Pullback(sum));
        var expected = new double[gradient.Length];
        for (var k = 0; k < expected.Length; k++) expected[k] = gradient[k] - 2 * ofOther[k];
        // By inputs without influence the gradient is round-off, which is linear in nothing.
        var strongest = gradient.Select((value, k) => Math.Abs(value) * site.Scales[k]).Max();
        var off = false;
        foreach (var slot in site.Function.Inputs.Slots)
        {
            var largest = 0.0;
            for (var k = slot.Offset; k < slot.End; k++) largest = Math.Max(largest, Math.Max(Math.Abs(expected[k]), 1e-9 * strongest / site.Scales[k]));
            for (var k = slot.Offset; k < slot.End; k++) off |= Math.Abs(expected[k] - ofSum[k]) > 2e-2 * largest;
        }
        if (off)
            findings.Add(new Finding(Cause.CotangentIgnored, "backward isn't linear in the incoming gradient: what it makes of a sum isn't the sum of what it makes of each. It ignores the incoming gradient, or uses it other than as a factor", Verdict.Fail));
    }

    private static void InspectZero(Linearization linearization, int outputs, double[] gradient, List<Finding> findings)
    {
        var ofNothing = linearization.Pullback(new double[outputs]);
        if (Array.TrueForAll(ofNothing, value => value == 0) || !Array.TrueForAll(gradient, double.IsFinite)) return;
        findings.Add(new Finding(Cause.CotangentIgnored, "an incoming gradient of zeros gives a gradient that isn't zero: backward doesn't multiply by what comes in", Verdict.Fail));
    }

    private static void InspectUndefined(Linearization linearization, CheckedFunction function, double[] cotangent, List<Finding> findings)
    {
        var slots = function.Outputs.Slots;
        if (slots.Count(slot => slot.Count > 0) < 2) return;
        for (var o = 0; o < slots.Count; o++)
        {
            if (slots[o].Count == 0) continue;
            var zeroed = (double[])cotangent.Clone();
            CheckedFunction.Part(zeroed, slots[o]).Clear();
            var expected = linearization.Pullback(zeroed);
            var actual = linearization.Pullback(cotangent, leaveOut: o);
            if (Distance(expected, actual, function.Inputs) > SameUpToOrder)
                findings.Add(new Finding(Cause.CotangentIgnored, $"with no incoming gradient for output {o} backward gives something else than with one of zeros", Verdict.Fail));
        }
    }

    /// <summary>
    /// Whether most outputs, over a step so small that only float64 resolves it, move by something else than a larger step
    /// makes one expect: what goes through float32 inside stands still.
    /// </summary>
    private static bool IsStaircase(NumericSite site)
    {
        const double Large = 1e-5, Middle = 1e-6, Small = 1e-10;
        var (far, halfway, near) = (site.Function.EvaluateOrNaN(Moved(Large)), site.Function.EvaluateOrNaN(Moved(Middle)), site.Function.EvaluateOrNaN(Moved(Small)));
        int expected = 0, off = 0;
        for (var o = 0; o < site.Centre.Length; o++)
        {
            var change = (far[o] - site.Centre[o]) * (Small / Large);
            // Only what goes straight over the larger steps can be expected to over the small one.
            if (!(Math.Abs((halfway[o] - site.Centre[o]) * (Small / Middle) - change) < 0.2 * Math.Abs(change))) continue;
            if (!(Math.Abs(change) > 64 * Math.Max(2.2e-16 * Math.Abs(site.Centre[o]), site.NearNoise[o]))) continue;
            expected++;
            if (!(Math.Abs(near[o] - site.Centre[o] - change) < 0.2 * Math.Abs(change))) off++;
        }
        return expected > 0 && off > 0.5 * expected;

        double[] Moved(double share)
        {
            var moved = (double[])site.Point.Clone();
            // No less than what the inputs' own spacing lets through.
            for (var k = 0; k < moved.Length; k++) moved[k] += Math.Max(share * site.Scales[k], share / Small * 16 * 2.2e-16 * Math.Abs(site.Point[k]));
            return moved;
        }
    }

    /// <summary>The largest difference relative to the largest value of its tensor.</summary>
    private static double Distance(double[] first, double[] second, Layout layout)
    {
        var worst = 0.0;
        foreach (var slot in layout.Slots)
        {
            double largest = 0, difference = 0;
            for (var k = slot.Offset; k < slot.End; k++)
            {
                if (first[k].Equals(second[k])) continue;
                largest = Math.Max(largest, Math.Max(Math.Abs(first[k]), Math.Abs(second[k])));
                difference = Math.Max(difference, Math.Abs(first[k] - second[k]));
                if (!double.IsFinite(first[k] - second[k])) return double.PositiveInfinity;
            }
            for (var k = slot.Offset; k < slot.End; k++) largest = Math.Max(largest, Math.Abs(first[k]));
            if (difference > 0) worst = Math.Max(worst, difference / largest);
        }
        return worst;
    }
}
