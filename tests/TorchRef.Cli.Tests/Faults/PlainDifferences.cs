using TorchRef.Cli.Faults;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Faults;

/// <summary>
/// A derivative as anybody would measure it: differences of one scalar, extrapolated once, at a fixed step. It knows nothing
/// of the checker, whose corpus it watches over.
/// </summary>
internal sealed class PlainDifferences : IDisposable
{
    private const double Step = 1e-3;
    private const long Seed = 5;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Subject _subject;
    private readonly int _order;
    private readonly List<Tensor> _leaves, _cotangents;

    public PlainDifferences(Subject subject, int order)
    {
        (_subject, _order) = (subject, order);
        Tensor[] inputs = [.. subject.Inputs.Select(input => input.detach().clone().requires_grad_())];
        _leaves = [.. inputs, .. subject.Module?.parameters() ?? []];
        Inputs = inputs;
        _cotangents = [.. Evaluate().Select((output, i) => output.is_complex() ? Sample.Complex(1001 + (ulong)i, output.shape) : Sample.Normal(1001 + (ulong)i, output.shape))];
        if (order == 2) foreach (var cotangent in _cotangents) cotangent.requires_grad_();
    }

    public Tensor[] Inputs { get; }

    /// <summary>Outputs, with the random numbers that every evaluation gets.</summary>
    public Tensor[] Evaluate()
    {
        manual_seed(Seed);
        return _subject.Evaluate(Inputs);
    }

    /// <summary>The largest difference between autograd's derivative and the measured one, in units of the largest of either.</summary>
    public double Disagreement()
    {
        var variables = _order == 1 ? _leaves : [.. _leaves, .. _cotangents];
        var analytic = Gradients(Scalar(_order), variables);
        double worst = 0, largest = 0;
        for (var i = 0; i < variables.Count; i++)
        {
            var flat = Real(variables[i]);
            var claimed = Real(analytic[i]).data<double>().ToArray();
            for (var j = 0; j < claimed.Length; j++)
            {
                var measured = Slope(variables[i], flat, j);
                worst = Math.Max(worst, Math.Abs(measured - claimed[j]));
                largest = Math.Max(largest, Math.Max(Math.Abs(measured), Math.Abs(claimed[j])));
            }
        }
        return largest == 0 ? 0 : worst / largest;
    }

    /// <summary>The first derivative, one tensor for each input and parameter.</summary>
    public List<Tensor> FirstDerivative() => Gradients(Scalar(1), _leaves);

    public IReadOnlyList<Tensor> Cotangents => _cotangents;

    public void Dispose() => _scope.Dispose();

    /// <summary>Σ v·f(x), or Σ u·∇(Σ v·f(x)), as a part of a graph.</summary>
    private Tensor Scalar(int order)
    {
        var outputs = Evaluate();
        if (order == 1) return Product(outputs, _cotangents);
        if (!outputs.Any(output => output.requires_grad)) return zeros([], float64);
        var gradients = autograd.grad([Product(outputs, _cotangents)], _leaves, create_graph: true, retain_graph: true, allow_unused: true);
        var directions = _leaves.Select((leaf, i) => Sample.Normal(2001 + (ulong)i, leaf.shape)).ToList();
        var used = Enumerable.Range(0, _leaves.Count).Where(i => gradients[i] is { IsInvalid: false }).ToList();
        return Product([.. used.Select(i => gradients[i])], [.. used.Select(i => directions[i])]);
    }

    private static Tensor Product(IReadOnlyList<Tensor> values, IReadOnlyList<Tensor> weights)
    {
        var sum = zeros([], float64);
        for (var i = 0; i < values.Count; i++)
            sum = sum + (values[i].is_complex() ? (values[i] * weights[i].conj()).real : values[i] * weights[i]).sum(); // []
        return sum;
    }

    private static List<Tensor> Gradients(Tensor scalar, List<Tensor> variables)
    {
        if (!scalar.requires_grad) return [.. variables.Select(variable => zeros_like(variable))];
        var gradients = autograd.grad([scalar], variables, retain_graph: true, allow_unused: true);
        return [.. gradients.Select((gradient, i) => gradient is { IsInvalid: false } ? gradient.detach() : zeros_like(variables[i]).detach())];
    }

    /// <summary>(4·D(h/2) − D(h))/3, with D the central difference.</summary>
    private double Slope(Tensor variable, Tensor flat, int index)
    {
        var step = Step * Math.Max(1e-3, Math.Abs(flat[index].item<double>()));
        return (4 * Central(variable, index, step / 2) - Central(variable, index, step)) / 3;
    }

    private double Central(Tensor variable, int index, double step) => (At(variable, index, step) - At(variable, index, -step)) / (2 * step);

    private double At(Tensor variable, int index, double step)
    {
        using var saved = variable.detach().clone();
        Shift(variable, index, step);
        using var scope = NewDisposeScope();
        var value = Scalar(_order).item<double>();
        using (no_grad()) variable.detach().copy_(saved);
        return value;
    }

    private static void Shift(Tensor variable, int index, double step)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        Real(variable)[index] += step;
    }

    /// <summary>The numbers of a tensor in a row; real and imaginary parts alternate.</summary>
    private static Tensor Real(Tensor values) => (values.is_complex() ? view_as_real(values.detach().resolve_conj()) : values.detach()).contiguous().view(-1);
}
