using TorchRef.Checks.Gradients;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>
/// Checks gradients: what backward gives against differences, each with an error bar.
/// </summary>
/// <remarks>
/// <para>
/// Each entry of the Jacobian, ∂(an output)/∂(an input), is computed by autograd from random incoming gradients, and by
/// differences that are extrapolated to step 0 and come with a bar: what truncation and the function's own measured
/// round-off may have done. The two must agree within the bar and a relative floor (<see cref="GradCheckOptions.RelativeFloor"/>).
/// Steps follow the spread of the inputs, so that scale and offset don't matter.
/// </para>
/// <para>
/// Before that the function is held to its contract: the same outputs from the same inputs, state and random numbers; inputs
/// left alone; one backward like the next, and zero for zero. After it the check looks at points that hide less than the
/// given one. State is put back: generator of random numbers, buffers, parameters, their gradients, modes.
/// </para>
/// </remarks>
public static class GradCheck
{
    /// <summary>Checks a function of several tensors by all of its floating-point inputs, or, where some require a gradient, by those.</summary>
    /// <param name="function">Any function of tensors; it is called many times, with tensors of the inputs' shapes, types, strides and devices.</param>
    /// <param name="inputs">Where it is checked. They aren't changed.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The report; nothing is thrown for a wrong gradient (<see cref="CheckReport.ThrowIfFailed"/> does).</returns>
    /// <exception cref="ArgumentException">There is nothing to differentiate by, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static GradCheckReport Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        options = Validated(options);
        if (!Array.Exists(inputs, CheckRun.IsFloating)) throw new ArgumentException($"a gradient is taken by floating-point inputs: expected at least one but got {(inputs.Length == 0 ? "none" : string.Join(", ", inputs.Select(input => input.dtype)))}", nameof(inputs));
        using var scope = NewDisposeScope();
        var prepared = Precision.Prepare(inputs, null, false, options, out var findings);
        return CheckRun.Run(function, prepared, null, options, findings);
    }

    /// <summary>Checks a module by its input and all of its parameters, in the mode it is in.</summary>
    /// <param name="module">The module. Its state is what it was when this returns.</param>
    /// <param name="input">Where it is checked; of an integer type (indices) it is only passed on.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The report; nothing is thrown for a wrong gradient (<see cref="CheckReport.ThrowIfFailed"/> does).</returns>
    /// <exception cref="ArgumentException">There is nothing to differentiate by, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static GradCheckReport Run(nn.Module<Tensor, Tensor> module, Tensor input, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(input);
        options = Validated(options);
        if (!CheckRun.IsFloating(input) && !module.parameters().Any(parameter => parameter.requires_grad))
            throw new ArgumentException($"a gradient is taken by floating-point inputs or parameters: expected at least one but got a module without parameters and an input of {input.dtype}", nameof(input));
        using var scope = NewDisposeScope();
        using var promotion = Precision.Promote(module, options);
        var prepared = Precision.Prepare([input], module, promotion is not null, options, out var findings);
        return CheckRun.Run(inputs => [module.call(inputs[0])], prepared, module, options, findings);
    }

    private static GradCheckOptions Validated(GradCheckOptions? options)
    {
        options ??= new GradCheckOptions();
        if (options.Order is not (1 or 2)) throw new ArgumentException($"the order of the derivative must be 1 or 2: got {options.Order}", nameof(options));
        if (!(options.RelativeFloor >= 0) || !(options.AbsoluteTolerance >= 0) || !(options.RequiredPower > 0)) throw new ArgumentException($"tolerances must not be negative: got RelativeFloor {options.RelativeFloor}, AbsoluteTolerance {options.AbsoluteTolerance}, RequiredPower {options.RequiredPower}", nameof(options));
        if (options.Probes < 1 || options.WorstEntries < 1) throw new ArgumentException($"counts must be positive: got Probes {options.Probes}, WorstEntries {options.WorstEntries}", nameof(options));
        return options;
    }
}
