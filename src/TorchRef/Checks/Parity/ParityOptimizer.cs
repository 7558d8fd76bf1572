using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Checks;

/// <summary>An optimiser to be compared: TorchSharp's, TorchRef's, or anything that takes a step.</summary>
/// <remarks>Made by itself from an optimiser: <c>module => optim.SGD(module.parameters(), 0.1)</c> is a way to make one.</remarks>
public sealed class ParityOptimizer : IDisposable
{
    private readonly Action _step;
    private readonly Func<Parameter, int, IReadOnlyDictionary<string, Tensor>?> _state;
    private readonly IDisposable? _owned;

    private ParityOptimizer(Action step, Func<Parameter, int, IReadOnlyDictionary<string, Tensor>?> state, IDisposable? owned, string name) => (_step, _state, _owned, Name) = (step, state, owned, name);

    /// <summary>The class of the optimiser, for the report.</summary>
    public string Name { get; }

    /// <summary>Anything that takes a step, without state that could be compared.</summary>
    /// <param name="step">Moves the parameters by their gradients.</param>
    /// <param name="owned">What is disposed of in the end, or null.</param>
    public static ParityOptimizer Of(Action step, IDisposable? owned = null) => new(step, (_, _) => null, owned, "optimiser");

    /// <summary>One of TorchSharp's, or derived from it.</summary>
    public static implicit operator ParityOptimizer(optim.Optimizer optimizer) => new(() => optimizer.step(), (_, number) => StateOf(optimizer, number), optimizer, optimizer.GetType().Name);

    /// <summary>One of TorchRef's, or derived from it.</summary>
    public static implicit operator ParityOptimizer(Optimization.Optimizer optimizer) => new(optimizer.step, (parameter, _) => optimizer.StateOf(parameter)?.Copy(), optimizer, optimizer.GetType().Name);

    /// <inheritdoc/>
    public void Dispose() => _owned?.Dispose();

    internal void Step() => _step();

    /// <summary>Copies of what it remembers of a parameter, by name; null where that can't be had.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="number">Its number, counted over all groups.</param>
    internal IReadOnlyDictionary<string, Tensor>? State(Parameter parameter, int number) => _state(parameter, number);

    private static IReadOnlyDictionary<string, Tensor>? StateOf(optim.Optimizer optimizer, int number)
    {
        if (optimizer is not OptimizerHelper helper) return null;
        try
        {
            var dictionary = helper.state_dict();
            if (number >= dictionary.State.Count) return null;
            var state = dictionary.State[number];
            var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var field in state.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
            {
                if (field.GetValue(state) is Tensor { IsInvalid: false } tensor) values[field.Name] = tensor.detach().clone();
                else if (field.GetValue(state) is long count) values[field.Name] = TorchSharp.torch.tensor((double)count); // []
            }
            return values;
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or ArgumentException or NotImplementedException)
        {
            // An optimiser derived from TorchSharp's need not keep its state in TorchSharp's way.
            return null;
        }
    }
}
