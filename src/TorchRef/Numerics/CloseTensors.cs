using static TorchSharp.torch;

namespace TorchRef.Numerics;

/// <summary>Two tensors, by the rules of <see cref="Close"/>.</summary>
internal static class CloseTensors
{
    public static CloseResult Check(Tensor actual, Tensor expected, CloseRules rules)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var (rtol, atol) = CloseTolerances.Given(rules.Rtol, rules.Atol, actual.dtype, expected.dtype);
        if (DifferingAttribute(actual, expected, rules) is { } text) return new CloseResult { Agrees = false, Message = text, RelativeTolerance = rtol, AbsoluteTolerance = atol };
        var (one, other) = (actual.detach(), expected.detach());
        if (!Same(one.device, other.device)) (one, other) = (one.cpu(), other.cpu());
        if (one.is_sparse) one = one.to_dense();
        if (other.is_sparse) other = other.to_dense();
        var common = Common(promote_types(one.dtype, other.dtype));
        return CheckValues(one.to_type(common), other.to_type(common), rtol, atol, rules.EqualNan);
    }

    private static string? DifferingAttribute(Tensor actual, Tensor expected, CloseRules rules)
    {
        if (!actual.shape.SequenceEqual(expected.shape)) return CloseText.Attribute("shape", PythonText.Size(actual.shape), PythonText.Size(expected.shape));
        if (actual.is_sparse != expected.is_sparse)
        {
            if (rules.CheckLayout) return CloseText.Attribute("layout", Layout(actual), Layout(expected));
        }
        else if (!actual.is_sparse && rules.CheckStride && !actual.stride().SequenceEqual(expected.stride()))
        {
            return CloseText.Attribute("stride()", PythonText.Tuple(actual.stride()), PythonText.Tuple(expected.stride()));
        }
        if (rules.CheckDevice && !Same(actual.device, expected.device)) return CloseText.Attribute("device", CloseText.Device(actual), CloseText.Device(expected));
        return rules.CheckDtype && actual.dtype != expected.dtype ? CloseText.Attribute("dtype", CloseText.Type(actual.dtype), CloseText.Type(expected.dtype)) : null;
    }

    private static CloseResult CheckValues(Tensor actual, Tensor expected, double rtol, double atol, bool equalNan)
    {
        var mismatches = actual.isclose(expected, rtol, atol, equalNan).logical_not(); // the tensors' shape, as below
        var count = mismatches.sum().item<long>();
        if (count == 0) return new CloseResult { Agrees = true, Elements = actual.numel(), RelativeTolerance = rtol, AbsoluteTolerance = atol };
        var whole = actual.dtype == ScalarType.Int64;
        var absolute = (actual - expected).abs();
        var magnitude = expected.abs();
        if (actual.dim() == 0)
        {
            var (difference, size) = (Number(absolute), Number(magnitude));
            return CloseNumber.Mismatch(difference, size == 0 ? double.PositiveInfinity : difference / size, whole, "Scalars", rtol, atol);
        }
        var relative = absolute.div(magnitude);
        var (greatest, place) = Greatest(absolute, mismatches);
        var (greatestRelative, relativePlace) = Greatest(relative, mismatches);
        var message = CloseText.Mismatch(
            "Tensor-likes", CloseText.Counts(count, actual.numel()),
            (whole ? PythonText.Short(greatest) : PythonText.Of(greatest), place), (PythonText.Of(greatestRelative), relativePlace), rtol, atol);
        return new CloseResult
        {
            Agrees = false,
            Message = message,
            Mismatched = count,
            Elements = actual.numel(),
            GreatestAbsolute = greatest,
            GreatestAbsoluteIndex = place,
            GreatestRelative = greatestRelative,
            GreatestRelativeIndex = relativePlace,
            RelativeTolerance = rtol,
            AbsoluteTolerance = atol,
        };
    }

    /// <summary>The greatest among the mismatches, the first of several; NaN counts as the greatest.</summary>
    private static (double value, long[] index) Greatest(Tensor differences, Tensor mismatches)
    {
        var flat = where(mismatches, differences, zeros_like(differences)).flatten();
        var (values, indices) = flat.max(0L);
        var (value, position) = (Number(values), indices.item<long>());
        var index = new long[differences.dim()];
        for (var i = index.Length - 1; i >= 0; i--) (position, index[i]) = Math.DivRem(position, differences.shape[i]);
        return (value, index);
    }

    private static double Number(Tensor scalar) => scalar.to_type(ScalarType.Float64).item<double>();

    /// <summary>The widest type of the kind; truths count as whole numbers.</summary>
    private static ScalarType Common(ScalarType type) => type switch
    {
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => ScalarType.ComplexFloat64,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 => ScalarType.Float64,
        _ => ScalarType.Int64,
    };

    private static bool Same(Device one, Device other) => one.type == other.type && one.index == other.index;

    private static string Layout(Tensor tensor) => tensor.is_sparse ? "torch.sparse_coo" : "torch.strided";
}
