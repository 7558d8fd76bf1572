using System.Collections;
using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>Whether values are close, by the rules of <c>torch.testing.assert_close</c> and in its words.</summary>
/// <remarks>
/// <para>
/// |actual − expected| ≤ atol + rtol·|expected|, element by element, in float64 (complex128, int64). Infinities must be equal,
/// NaN agrees with NaN where <c>equal_nan</c> says so. Shapes must be equal: nothing broadcasts. Whole numbers and truths must
/// be equal unless tolerances are given.
/// </para>
/// <para>
/// Besides tensors: numbers and truths; sequences and dictionaries of all these (a state dict), however deep. The message is
/// then about the first item that differs, and says which it is.
/// </para>
/// </remarks>
public static class Close
{
    /// <summary>Compares, and says what differs.</summary>
    /// <param name="actual">A tensor, a number, a truth, null, or a sequence or dictionary of such.</param>
    /// <param name="expected">The same kind of thing.</param>
    /// <param name="rtol">Relative tolerance; null, together with <paramref name="atol"/>, for that of the element type (<see cref="CloseTolerances"/>).</param>
    /// <param name="atol">Absolute tolerance.</param>
    /// <param name="equal_nan">Whether NaN agrees with NaN.</param>
    /// <param name="check_device">Whether tensors must be on one device; else both are compared on the CPU.</param>
    /// <param name="check_dtype">Whether element types must be equal; else both are promoted.</param>
    /// <param name="check_layout">Whether both must be dense, or both sparse; else both are compared as dense ones.</param>
    /// <param name="check_stride">Whether dense tensors must lie in memory in the same way.</param>
    /// <param name="msg">Makes the message of a failure from the one that there would be.</param>
    /// <exception cref="ArgumentException">Only one tolerance is given, or the two are of kinds that can't be compared.</exception>
    public static CloseResult Check(
        object? actual, object? expected, double? rtol = null, double? atol = null, bool equal_nan = false, bool check_device = true,
        bool check_dtype = true, bool check_layout = true, bool check_stride = false, Func<string, string>? msg = null)
    {
        var rules = new CloseRules(rtol, atol, equal_nan, check_device, check_dtype, check_layout, check_stride);
        if ((rtol is null) != (atol is null)) CloseTolerances.Given(rtol, atol, float64, float64);
        var result = CheckItem(actual, expected, rules, "");
        if (result.Agrees) return result;
        var text = result.Item.Length == 0 ? result.Message : $"{result.Message}\n\nThe failure occurred for item {result.Item}";
        return result with { Message = msg is null ? text : msg(text) };
    }

    /// <summary>Compares, and throws where something differs; the parameters are those of <see cref="Check"/>.</summary>
    /// <exception cref="NotCloseException">Something differs.</exception>
    /// <exception cref="ArgumentException">Only one tolerance is given, or the two are of kinds that can't be compared.</exception>
    public static void Assert(
        object? actual, object? expected, double? rtol = null, double? atol = null, bool equal_nan = false, bool check_device = true,
        bool check_dtype = true, bool check_layout = true, bool check_stride = false, Func<string, string>? msg = null)
    {
        var result = Check(actual, expected, rtol, atol, equal_nan, check_device, check_dtype, check_layout, check_stride, msg);
        if (!result.Agrees) throw new NotCloseException(result);
    }

    private static CloseResult CheckItem(object? actual, object? expected, CloseRules rules, string item) => (actual, expected) switch
    {
        (null, null) => new CloseResult { Agrees = true },
        (null, _) or (_, null) => Differ($"None mismatch: {CloseText.Of(actual)} is not {CloseText.Of(expected)}", item),
        (Tensor a, Tensor e) => CloseTensors.Check(a, e, rules) with { Item = item },
        (bool a, bool e) => a == e ? new CloseResult { Agrees = true } : Differ($"Booleans mismatch: {PythonText.Of(a)} is not {PythonText.Of(e)}", item),
        _ when CloseNumber.Of(actual) is { } a && CloseNumber.Of(expected) is { } e => CloseNumber.Check(a, e, rules) with { Item = item },
        (IDictionary a, IDictionary e) => CheckDictionary(a, e, rules, item),
        (IEnumerable a, IEnumerable e) when a is not string and not Tensor && e is not string and not Tensor => CheckSequence([.. a.Cast<object?>()], [.. e.Cast<object?>()], rules, item),
        _ => throw new ArgumentException($"No comparison pair was able to handle inputs of type {actual.GetType().Name} and {expected.GetType().Name}."),
    };

    private static CloseResult CheckSequence(List<object?> actual, List<object?> expected, CloseRules rules, string item)
    {
        if (actual.Count != expected.Count) return Differ($"The length of the sequences mismatch: {actual.Count} != {expected.Count}", item);
        return First(actual.Zip(expected).Select((pair, i) => (pair.First, pair.Second, $"{item}[{i}]")), rules);
    }

    private static CloseResult CheckDictionary(IDictionary actual, IDictionary expected, CloseRules rules, string item)
    {
        var missing = expected.Keys.Cast<object>().Where(key => !actual.Contains(key)).ToList();
        var additional = actual.Keys.Cast<object>().Where(key => !expected.Contains(key)).ToList();
        if (missing.Count > 0 || additional.Count > 0)
        {
            return Differ(
                $"The keys of the mappings do not match:\nMissing keys in the actual mapping: {CloseText.Keys(missing)}\n" +
                $"Additional keys in the actual mapping: {CloseText.Keys(additional)}", item);
        }
        return First(CloseText.Sorted(expected.Keys.Cast<object>()).Select(key => (actual[key], expected[key], $"{item}[{(key is string ? $"'{key}'" : key)}]")), rules);
    }

    private static CloseResult First(IEnumerable<(object? actual, object? expected, string item)> pairs, CloseRules rules)
    {
        foreach (var (actual, expected, item) in pairs)
            if (CheckItem(actual, expected, rules, item) is { Agrees: false } result) return result;
        return new CloseResult { Agrees = true };
    }

    private static CloseResult Differ(string message, string item) => new() { Agrees = false, Message = message, Item = item };
}
