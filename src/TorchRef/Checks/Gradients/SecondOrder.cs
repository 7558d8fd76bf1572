using static TorchSharp.torch;

namespace TorchRef.Checks.Gradients;

/// <summary>A function's gradient as a function itself: of the inputs, the parameters and the incoming gradients.</summary>
internal static class SecondOrder
{
    /// <param name="function">The function.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="names">Their names.</param>
    /// <param name="differentiated">Which of them are differentiated.</param>
    /// <param name="parameters">What else is.</param>
    /// <param name="first">The function as it was checked.</param>
    /// <param name="random">Draws the incoming gradients.</param>
    public static CheckedFunction Of(
        Func<Tensor[], Tensor[]> function, Tensor[] arguments, IReadOnlyList<string> names, IReadOnlyList<bool> differentiated,
        IReadOnlyList<(string name, Tensor parameter)> parameters, CheckedFunction first, Random random)
    {
        var outputs = first.Outputs.Slots;
        var cotangents = new List<Tensor>();
        foreach (var slot in outputs)
        {
            using var noGraph = no_grad();
            var cotangent = zeros(slot.Shape, slot.IsComplex ? ScalarType.ComplexFloat64 : ScalarType.Float64);
            FlatCopy.In(Cotangents.Random(slot.Count, random), cotangent);
            cotangents.Add(cotangent);
        }
        var count = arguments.Length;
        Tensor[] all = [.. arguments, .. cotangents];
        return new CheckedFunction(
            Gradient, all, [.. names, .. outputs.Select(slot => $"incoming gradient of {slot.Name}")],
            [.. differentiated, .. outputs.Select(slot => slot.Count > 0)], parameters, first.State, needsGradMode: true)
        { Cancellation = first.Cancellation };

        Tensor[] Gradient(Tensor[] given)
        {
            var create = given[count..].Any(cotangent => cotangent.requires_grad);
            var inputs = new Tensor[count];
            for (var i = 0; i < count; i++) inputs[i] = !differentiated[i] || given[i].requires_grad ? given[i] : given[i].detach().requires_grad_(true);
            var values = function(inputs);
            Tensor[] sources = [.. Enumerable.Range(0, count).Where(i => differentiated[i]).Select(i => inputs[i]), .. parameters.Select(parameter => parameter.parameter)];
            var with = Enumerable.Range(0, values.Length).Where(o => values[o].requires_grad && outputs[o].Count > 0).ToArray();
            if (with.Length == 0) return [.. sources.Select(source => zeros_like(source))];
            // Of the outputs' own type, or libtorch ends the process.
            var incoming = with.Select(o => given[count + o].to_type(values[o].dtype)).ToArray();
            var gradients = autograd.grad([.. with.Select(o => values[o])], sources, incoming, retain_graph: create, create_graph: create, allow_unused: true);
            return [.. gradients.Select((gradient, i) => gradient is null || gradient.IsInvalid ? zeros_like(sources[i]) : gradient)];
        }
    }
}
