using TorchRef.Checks.Gradients;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>Derivatives by extrapolated central differences, each with an error bar; what <see cref="GradCheck"/> compares with, by itself.</summary>
public static class NumericalDerivative
{
    /// <summary>All derivatives of all outputs by all floating-point inputs (by those that require a gradient, where some do).</summary>
    /// <param name="function">A function that gives the same from the same inputs; no gradient is asked of it.</param>
    /// <param name="inputs">Where. Types below float64 are converted.</param>
    /// <param name="options">Its <see cref="GradCheckOptions.Seed"/>, <see cref="GradCheckOptions.RelativeFloor"/> and <see cref="GradCheckOptions.Cancellation"/> count.</param>
    /// <returns>Values and bars; the true derivative lies within value ± bar.</returns>
    /// <exception cref="ArgumentException">No input is of a floating-point type.</exception>
    public static NumericalJacobian Jacobian(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new GradCheckOptions();
        if (!Array.Exists(inputs, CheckRun.IsFloating)) throw new ArgumentException("a derivative is taken by floating-point inputs: expected at least one but got none", nameof(inputs));
        using var scope = NewDisposeScope();
        var prepared = Precision.Prepare(inputs, null, false, options with { PromoteToFloat64 = true }, out _);
        var asked = Array.Exists(prepared, input => CheckRun.IsFloating(input) && input.requires_grad);
        using var state = new StateGuard(null, options.Seed);
        using var flat = new CheckedFunction(
            function, prepared, [.. prepared.Select((_, i) => $"input {i}")], Array.ConvertAll(prepared, input => CheckRun.IsFloating(input) && (!asked || input.requires_grad)), [], state)
        { Cancellation = options.Cancellation };
        state.Observe(() => flat.Evaluate(flat.Point));
        var random = new Random(unchecked((int)options.Seed));
        var site = new NumericSite(flat, flat.Point, options.RelativeFloor, random);
        var jacobian = NumericJacobian.Compute(site, random);
        var (value, bar) = (new double[site.Centre.Length, flat.Point.Length], new double[site.Centre.Length, flat.Point.Length]);
        for (var o = 0; o < site.Centre.Length; o++)
            foreach (ref readonly var entry in jacobian.Row(o))
                (value[o, entry.Column], bar[o, entry.Column]) = (entry.Value, entry.Bar);
        return new NumericalJacobian(value, bar, flat.Evaluations);
    }
}
