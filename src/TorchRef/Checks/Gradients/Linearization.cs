using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>A graph of the checked function at a point: what backward makes of incoming gradients.</summary>
internal sealed class Linearization : IDisposable
{
    private readonly CheckedFunction _function;
    private readonly DisposeScope _scope;
    private readonly Leaves _leaves;
    private readonly Tensor[] _outputs;
    private readonly Tensor[] _differentiable;
    private readonly int[] _slots;

    internal Linearization(CheckedFunction function, Func<Leaves, Tensor[]> forward, Tensor[] arguments)
    {
        _function = function;
        _scope = NewDisposeScope();
        _leaves = new Leaves(arguments, new Tensor[function.Inputs.Slots.Count]);
        try
        {
            using (enable_grad()) _outputs = forward(_leaves);
            function.Describe(_outputs);
        }
        catch
        {
            // Left open, it would take in what the caller makes next.
            Dispose();
            throw;
        }
        _slots = [.. Enumerable.Range(0, _outputs.Length).Where(o => _outputs[o].requires_grad && function.Outputs.Slots[o].Count > 0)];
        _differentiable = [.. _slots.Select(o => _outputs[o])];
    }

    /// <summary>The leaves that backward fills: the arguments as the function gets them, and the inputs by slot.</summary>
    internal sealed record Leaves(Tensor[] Arguments, Tensor[] Inputs);

    /// <summary>Whether any output hangs on a graph.</summary>
    public bool HasGraph => _differentiable.Length > 0;

    /// <summary>The floating outputs that hang on none, by number.</summary>
    public IEnumerable<int> OutputsWithoutGraph =>
        Enumerable.Range(0, _outputs.Length).Where(o => _function.Outputs.Slots[o].Count > 0 && !_outputs[o].requires_grad);

    /// <summary>The values of the outputs in this graph.</summary>
    public double[] Values()
    {
        using var scope = NewDisposeScope();
        var values = new double[_function.Outputs.Total];
        for (var o = 0; o < _outputs.Length; o++) FlatCopy.Out(_outputs[o], CheckedFunction.Part(values, _function.Outputs.Slots[o]));
        return values;
    }

    /// <summary>The gradient, and whether backward left the incoming gradient as it was.</summary>
    public double[] Pullback(double[] cotangent, out bool keepsIncoming)
    {
        using var scope = NewDisposeScope();
        var incoming = new List<Tensor>();
        var result = Pullback(cotangent, incoming: incoming);
        var (expected, now) = ((double[])cotangent.Clone(), (double[])cotangent.Clone());
        for (var d = 0; d < incoming.Count; d++)
        {
            // As it was written: an output of lower precision rounds it.
            var slot = _function.Outputs.Slots[_slots[d]];
            var written = empty_like(incoming[d]);
            FlatCopy.In(CheckedFunction.Part(cotangent, slot), written);
            FlatCopy.Out(written, CheckedFunction.Part(expected, slot));
            FlatCopy.Out(incoming[d], CheckedFunction.Part(now, slot));
        }
        keepsIncoming = CheckedFunction.SameBits(expected, now);
        return result;
    }

    /// <summary>The gradient of Σ cotangent·output by all inputs.</summary>
    /// <param name="cotangent">One number for each output.</param>
    /// <param name="leaveOut">An output whose incoming gradient is left undefined, or −1.</param>
    /// <param name="incoming">Takes the tensors that backward was given, where it is given; they belong to the caller's scope.</param>
    public double[] Pullback(double[] cotangent, int leaveOut = -1, List<Tensor>? incoming = null)
    {
        _function.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        foreach (var leaf in _leaves.Inputs) leaf.grad = null!;
        var gradients = new List<Tensor>();
        var outputs = new List<Tensor>();
        for (var d = 0; d < _differentiable.Length; d++)
        {
            if (_slots[d] == leaveOut) continue;
            var slot = _function.Outputs.Slots[_slots[d]];
            using var noGraph = no_grad();
            var gradient = empty_like(_differentiable[d]);
            FlatCopy.In(CheckedFunction.Part(cotangent, slot), gradient);
            gradients.Add(gradient);
            outputs.Add(_differentiable[d]);
        }
        if (outputs.Count > 0)
        {
            _function.Backwards++;
            autograd.backward(outputs, gradients, retain_graph: true, create_graph: false, inputs: _leaves.Inputs);
        }
        incoming?.AddRange(gradients.Select(gradient => gradient.MoveToOuterDisposeScope()));
        var result = new double[_function.Inputs.Total];
        for (var i = 0; i < _leaves.Inputs.Length; i++)
        {
            var slot = _function.Inputs.Slots[i];
            var gradient = _leaves.Inputs[i].grad;
            if (gradient is null) continue;
            if (gradient.shape.AsSpan().SequenceEqual(_leaves.Inputs[i].shape)) FlatCopy.Out(gradient, CheckedFunction.Part(result, slot));
            else throw new InvalidOperationException($"a gradient must have its input's shape: expected ({string.Join(", ", slot.Shape)}) for {slot.Name} but got ({string.Join(", ", gradient.shape)})");
        }
        return result;
    }

    public void Dispose()
    {
        foreach (var leaf in _leaves.Inputs)
            if (leaf is not null)
                leaf.grad = null!;
        foreach (var argument in _leaves.Arguments)
            if (Array.Exists(_leaves.Inputs, leaf => ReferenceEquals(leaf, argument)))
                argument.Dispose();
        _scope.Dispose();
    }
}
