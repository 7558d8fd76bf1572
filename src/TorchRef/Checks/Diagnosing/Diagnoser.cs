using TorchRef.Checks.Gradients;

namespace TorchRef.Checks.Diagnosing;

/// <summary>Guesses from the wrong entries of a Jacobian what the mistake is: the first hypothesis that explains all of them.</summary>
internal static class Diagnoser
{
    public static Diagnosis Of(SiteResult result, GradCheckOptions options)
    {
        if (result.Full is null) return Unexplained(result);
        var blocks = result.Function.Inputs.Slots.Where(slot => slot.Count > 0).Select(slot => new Block(result, slot)).ToList();
        var wrong = blocks.Where(block => block.WrongCount > 0).ToList();
        if (wrong.Count == 0) return Unexplained(result);
        var diagnosis = Together(wrong) ?? wrong.Select(block => Alone(block, options)).FirstOrDefault(found => found is not null) ?? Unexplained(result);
        if (result.Order == 2) return OfSecondOrder(diagnosis, wrong);
        return Where(result, diagnosis);
    }

    /// <summary>What explains several inputs at once.</summary>
    private static Diagnosis? Together(List<Block> wrong)
    {
        if (Places.Swapped(wrong) is { } swapped) return swapped;
        if (wrong.Count < 2 || wrong.ConvertAll(Factors.Common) is not [{ } first, ..] factors || !factors.TrueForAll(factor => factor is { } f && Math.Abs(f - first) <= 1e-5 * Math.Abs(first))) return null;
        var names = string.Join(", ", wrong.Select(block => block.Slot.Name));
        return new Diagnosis(Cause.ConstantFactor, $"the gradients of {names} are {FactorNames.Of(first, wrong[0].Function, Factors.KeptSlope(wrong[0]))} times what they must be, in every entry", wrong[0].Slot.Name, first);
    }

    private static Diagnosis? Alone(Block block, GradCheckOptions options) =>
        Supports.NotFinite(block)
        ?? Supports.Missing(block)
        ?? Supports.Shortened(block)
        ?? Epsilons(block, options)
        ?? Factors.Constant(block)
        ?? Places.Transposed(block)
        ?? Places.JacobianTransposed(block)
        ?? Supports.OutputForNormalized(block)
        ?? Supports.Mask(block)
        ?? Places.Single(block)
        ?? Normalizations.Terms(block)
        ?? Factors.ByChannel(block)
        ?? Supports.RoundOff(block)
        ?? Normalizations.Statistics(block)
        ?? Supports.Detached(block)
        ?? Supports.Reduction(block);

    /// <summary>ε's error looks like a factor near 1, or like a factor by channel; it is asked for first where the error is small.</summary>
    private static Diagnosis? Epsilons(Block block, GradCheckOptions options)
    {
        if (block.Function.Outputs.Total < 2 || block.Slot.Count < 2) return null;
        try
        {
            return Normalizations.Epsilon(block, options);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // At another scale the function may not be defined; then it isn't ε.
            return null;
        }
    }

    /// <summary>At points chosen because of what the given one hides, that is what went wrong.</summary>
    private static Diagnosis Where(SiteResult result, Diagnosis diagnosis)
    {
        if (result.Where is null) return diagnosis;
        if (result.Where.Contains('ε')) diagnosis = new Diagnosis(Cause.Epsilon, $"ε is missing, another one, or on the other side of the root: the gradient is right where the variance is large, and wrong where it is small", diagnosis.Subject);
        return diagnosis with { Text = $"{diagnosis.Text} (not at the given point, which hides it, but there: {result.Where})" };
    }

    private static Diagnosis OfSecondOrder(Diagnosis diagnosis, List<Block> wrong)
    {
        if (diagnosis.Cause is Cause.ConstantFactor or Cause.NotFinite or Cause.Precision && wrong.TrueForAll(block => block.LargestAnalytic > 0)) return diagnosis with { Text = $"second order: {diagnosis.Text}" };
        var names = string.Join(", ", wrong.Select(block => block.Slot.Name).Distinct());
        return new Diagnosis(Cause.SavedConstants, $"the first derivative is right, its own derivative by {names} isn't: backward uses values as constants that depend on the inputs (saved intermediates; compute them again from the inputs inside backward)", wrong[0].Slot.Name);
    }

    private static Diagnosis Unexplained(SiteResult result)
    {
        var worst = result.Tally.Worst();
        var text = worst.Count > 0 && worst[0].Verdict == Verdict.Fail
            ? FormattableString.Invariant($"the gradient is wrong in {result.Tally.Wrong} of {result.Tally.Entries} entries, by no pattern that is known; the worst is {worst[0].Where}: {worst[0].Analytic:G6}, where {worst[0].Numeric:G6} is right")
            : "the gradient is wrong";
        return new Diagnosis(Cause.Unknown, text, worst.Count > 0 ? worst[0].Input : null);
    }
}
