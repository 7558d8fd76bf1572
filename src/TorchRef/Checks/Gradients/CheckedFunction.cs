using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>
/// What is checked, seen as a function from one vector of real numbers (all differentiable inputs and parameters) to
/// another (all outputs).
/// </summary>
internal sealed class CheckedFunction : IDisposable
{
    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly Tensor[] _arguments;
    private readonly int[] _slotOfArgument;
    private readonly Tensor[] _parameters;
    private readonly Tensor?[] _probes;
    private readonly bool _needsGradMode;
    private Layout? _outputs;

    /// <param name="function">The function.</param>
    /// <param name="arguments">What it is called with; those that aren't differentiated keep their values.</param>
    /// <param name="names">A name for each argument.</param>
    /// <param name="differentiated">Which arguments are inputs of the vector function.</param>
    /// <param name="parameters">Leaves that the function reads by itself.</param>
    /// <param name="state">What evaluations may change.</param>
    /// <param name="needsGradMode">Whether it computes gradients inside, so that it can't run without a graph.</param>
    public CheckedFunction(
        Func<Tensor[], Tensor[]> function, Tensor[] arguments, IReadOnlyList<string> names, IReadOnlyList<bool> differentiated,
        IReadOnlyList<(string name, Tensor parameter)> parameters, StateGuard state, bool needsGradMode = false)
    {
        (_function, _arguments, State, _needsGradMode) = (function, arguments, state, needsGradMode);
        _slotOfArgument = new int[arguments.Length];
        _probes = new Tensor?[arguments.Length];
        _parameters = [.. parameters.Select(parameter => parameter.parameter)];
        var slots = new List<TensorSlot>();
        var end = 0;
        for (var a = 0; a < arguments.Length; a++)
        {
            _slotOfArgument[a] = differentiated[a] ? slots.Count : -1;
            if (!differentiated[a]) continue;
            slots.Add(TensorSlot.Of(names[a], arguments[a], end));
            end = slots[^1].End;
            _probes[a] = Copy(arguments[a]);
        }
        ArgumentSlots = slots.Count;
        foreach (var (name, parameter) in parameters)
        {
            slots.Add(TensorSlot.Of(name, parameter, end));
            end = slots[^1].End;
        }
        Inputs = new Layout(slots);
        Point = new double[end];
        for (var a = 0; a < arguments.Length; a++)
            if (_slotOfArgument[a] is >= 0 and var slot)
                FlatCopy.Out(arguments[a], Part(Point, slots[slot]));
        for (var p = 0; p < _parameters.Length; p++) FlatCopy.Out(_parameters[p], Part(Point, slots[ArgumentSlots + p]));
    }

    /// <summary>What is put back before each evaluation.</summary>
    public StateGuard State { get; }

    /// <summary>The differentiated arguments, then the parameters.</summary>
    public Layout Inputs { get; }

    /// <summary>How many of the inputs are arguments.</summary>
    public int ArgumentSlots { get; }

    /// <summary>The outputs, known after the first evaluation.</summary>
    public Layout Outputs => _outputs ?? throw new InvalidOperationException("the outputs are known after the first evaluation");

    /// <summary>The values that were given.</summary>
    public double[] Point { get; }

    /// <summary>How often the function ran for its values.</summary>
    public long Evaluations { get; private set; }

    /// <summary>How often backward ran.</summary>
    public long Backwards { get; internal set; }

    /// <summary>Asked before each evaluation.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The values at a point, outside of any graph unless asked for in one.</summary>
    public double[] Evaluate(double[] point, bool gradMode = false)
    {
        Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var mode = gradMode || _needsGradMode ? enable_grad() : (IDisposable)no_grad();
        State.Rewind();
        var arguments = new Tensor[_arguments.Length];
        for (var a = 0; a < arguments.Length; a++)
        {
            arguments[a] = _probes[a] ?? _arguments[a];
            if (_slotOfArgument[a] is >= 0 and var slot) FlatCopy.In(Part(point, Inputs.Slots[slot]), arguments[a]);
        }
        SetParameters(point);
        Evaluations++;
        return Values(_function(arguments));
    }

    /// <summary>The same, but NaN where the function throws: a step may leave its domain.</summary>
    public double[] EvaluateOrNaN(double[] point)
    {
        try
        {
            return Evaluate(point);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            var nothing = new double[Outputs.Total];
            Array.Fill(nothing, double.NaN);
            return nothing;
        }
    }

    /// <summary>The name of the input that the last evaluation changed in place, or null.</summary>
    public string? ChangedInput(double[] point)
    {
        using var scope = NewDisposeScope();
        for (var a = 0; a < _arguments.Length; a++)
        {
            if (_slotOfArgument[a] is not (>= 0 and var slot)) continue;
            var now = new double[Inputs.Slots[slot].Count];
            FlatCopy.Out(_probes[a]!, now);
            if (!SameBits(now, Part(point, Inputs.Slots[slot]))) return Inputs.Slots[slot].Name;
        }
        return null;
    }

    /// <summary>The name of the parameter that the last evaluation changed, or null.</summary>
    public string? ChangedParameter(double[] point)
    {
        using var scope = NewDisposeScope();
        for (var p = 0; p < _parameters.Length; p++)
        {
            var slot = Inputs.Slots[ArgumentSlots + p];
            var now = new double[slot.Count];
            FlatCopy.Out(_parameters[p], now);
            if (!SameBits(now, Part(point, slot))) return slot.Name;
        }
        return null;
    }

    /// <summary>Runs the function with a graph, ready for backward. Nothing may be evaluated until it is disposed.</summary>
    public Linearization Linearize(double[] point)
    {
        Cancellation.ThrowIfCancellationRequested();
        State.Rewind();
        SetParameters(point);
        return new Linearization(this, leaves =>
        {
            for (var a = 0; a < _arguments.Length; a++)
            {
                if (_slotOfArgument[a] is not (>= 0 and var slot)) continue;
                leaves.Arguments[a] = Copy(_arguments[a]);
                FlatCopy.In(Part(point, Inputs.Slots[slot]), leaves.Arguments[a]);
                leaves.Inputs[slot] = leaves.Arguments[a].requires_grad_(true);
            }
            for (var p = 0; p < _parameters.Length; p++) leaves.Inputs[ArgumentSlots + p] = _parameters[p];
            return _function((Tensor[])leaves.Arguments.Clone());
        }, (Tensor[])_arguments.Clone());
    }

    /// <summary>Fixes the layout of the outputs, or requires that it is what it was.</summary>
    public Layout Describe(Tensor[] outputs)
    {
        var slots = new List<TensorSlot>();
        for (var o = 0; o < outputs.Length; o++)
        {
            var differentiable = outputs[o].is_floating_point() || outputs[o].is_complex();
            // An integer output (indices) has no derivative; it keeps its number among the outputs and takes no place.
            var name = outputs.Length == 1 ? "output" : $"output {o}";
            var slot = differentiable ? TensorSlot.Of(name, outputs[o], slots.Count == 0 ? 0 : slots[^1].End)
                : new TensorSlot(name, outputs[o].shape, false, slots.Count == 0 ? 0 : slots[^1].End, 0);
            slots.Add(slot);
        }
        var layout = new Layout(slots);
        if (_outputs is null) _outputs = layout;
        else if (!_outputs.SameAs(layout))
            throw new InvalidOperationException($"a function must give outputs of the same shapes each time: expected {Shapes(_outputs)} but got {Shapes(layout)}");
        return _outputs;
    }

    public void Dispose()
    {
        foreach (var probe in _probes) probe?.Dispose();
    }

    public static Span<double> Part(double[] vector, TensorSlot slot) => vector.AsSpan(slot.Offset, slot.Count);

    public static bool SameBits(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(first).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(second));

    private void SetParameters(double[] point)
    {
        for (var p = 0; p < _parameters.Length; p++) FlatCopy.In(Part(point, Inputs.Slots[ArgumentSlots + p]), _parameters[p]);
    }

    private double[] Values(Tensor[] outputs)
    {
        // Shapes are looked at once; after that only a changed size could slip through unseen, and can't.
        var layout = _outputs is null || !SameSizes(outputs, _outputs) ? Describe(outputs) : _outputs;
        var values = new double[layout.Total];
        for (var o = 0; o < outputs.Length; o++) FlatCopy.Out(outputs[o], Part(values, layout.Slots[o]));
        return values;
    }

    private static bool SameSizes(Tensor[] outputs, Layout layout)
    {
        if (outputs.Length != layout.Slots.Count) return false;
        for (var o = 0; o < outputs.Length; o++)
            if (layout.Slots[o].Count > 0 && outputs[o].numel() * (layout.Slots[o].IsComplex ? 2 : 1) != layout.Slots[o].Count)
                return false;
        return true;
    }

    /// <summary>A copy of the same strides that outlives every scope but its owner.</summary>
    private static Tensor Copy(Tensor tensor)
    {
        using var noGraph = no_grad();
        return tensor.detach().clone().DetachFromDisposeScope();
    }

    private static string Shapes(Layout layout) => string.Join(", ", layout.Slots.Select(slot => $"({string.Join(", ", slot.Shape)})"));
}
