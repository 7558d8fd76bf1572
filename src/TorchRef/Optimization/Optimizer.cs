using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>What the optimisers share: groups of parameters, a memory for each parameter, and their state as a dictionary.</summary>
/// <remarks>
/// A parameter whose gradient is null is left alone: no decay, no momentum, no step counted. The optimiser owns its memory
/// whatever dispose scope a step runs in; <see cref="Dispose"/> releases it.
/// </remarks>
public abstract class Optimizer : IDisposable
{
    private readonly List<ParameterGroup> _groups = [];
    private readonly Dictionary<Parameter, ParameterState> _states = new(ReferenceEqualityComparer.Instance);

    private protected Optimizer()
    {
    }

    /// <summary>The groups, whose options may be changed between steps.</summary>
    public IReadOnlyList<ParameterGroup> ParamGroups => _groups;

    /// <summary>What is remembered of a parameter; null before its first step.</summary>
    public ParameterState? StateOf(Parameter parameter) => _states.GetValueOrDefault(parameter);

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void step()
    {
        using var noGraph = no_grad();
        foreach (var group in _groups)
            foreach (var parameter in group.Parameters)
            {
                using var scope = NewDisposeScope();
                if (parameter.grad is { } gradient) Apply(parameter, gradient, group.Options, Remember(parameter));
            }
    }

    /// <summary>Evaluates the loss, with gradients on, and moves every parameter that has a gradient then.</summary>
    /// <param name="closure">Clears the gradients, computes the loss, calls backward and returns the loss.</param>
    /// <returns>The loss, as it was before the step.</returns>
    public Tensor step(Func<Tensor> closure)
    {
        Tensor loss;
        using (enable_grad()) loss = closure();
        step();
        return loss;
    }

    /// <summary>Sets every gradient to null, so that a parameter which the next backward doesn't reach is left alone.</summary>
    public void zero_grad()
    {
        foreach (var group in _groups)
            foreach (var parameter in group.Parameters)
                parameter.grad = null;
    }

    /// <summary>A copy of groups and memory, by PyTorch's names.</summary>
    public OptimizerStateDict state_dict()
    {
        using var noGraph = no_grad();
        var state = new OrderedDictionary<int, IReadOnlyDictionary<string, Tensor>>();
        var groups = new List<ParameterGroupDict>();
        var number = 0;
        foreach (var group in _groups)
        {
            groups.Add(new ParameterGroupDict(group.Options.ToDictionary(), [.. Enumerable.Range(number, group.Parameters.Count)]));
            foreach (var parameter in group.Parameters)
            {
                if (StateOf(parameter) is { IsEmpty: false } memory) state.Add(number, memory.Copy());
                number++;
            }
        }
        return new OptimizerStateDict(state, groups);
    }

    /// <summary>Takes over settings and memory, in copies that fit the parameters' element types and devices.</summary>
    /// <remarks>Parameters are matched by their place: the same number of groups, each of the same size. Nothing has changed when it throws.</remarks>
    /// <exception cref="ArgumentException">The groups don't match, or a tensor or a setting doesn't fit; PyTorch's texts where it has one.</exception>
    public void load_state_dict(OptimizerStateDict state_dict)
    {
        using var noGraph = no_grad();
        if (state_dict.ParamGroups.Count != _groups.Count) throw new ArgumentException("loaded state dict has a different number of parameter groups");
        if (state_dict.ParamGroups.Zip(_groups).Any(pair => pair.First.Params.Count != pair.Second.Parameters.Count))
            throw new ArgumentException("loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
        var options = state_dict.ParamGroups.Zip(_groups, (saved, group) => group.Options.Merge(saved.Options)).ToList();
        foreach (var merged in options) merged.Check();
        var numbered = state_dict.ParamGroups.SelectMany(group => group.Params).Zip(_groups.SelectMany(group => group.Parameters)).ToDictionary();
        if (state_dict.State.Keys.FirstOrDefault(number => !numbered.ContainsKey(number), -1) is >= 0 and var stray)
            throw new ArgumentException($"loaded state must be that of a parameter in a group: expected one of {string.Join(", ", numbered.Keys)} but got {stray}");
        var states = state_dict.State.ToDictionary(pair => numbered[pair.Key], pair => ParameterState.Of(pair.Value, numbered[pair.Key]));
        Forget();
        foreach (var (parameter, memory) in states) _states.Add(parameter, memory);
        foreach (var (group, merged) in _groups.Zip(options)) group.Options = merged;
    }

    /// <summary>Releases the memory. The parameters stay.</summary>
    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }

    /// <summary>The groups as PyTorch prints them, without the settings of its engine.</summary>
    public override string ToString() =>
        $"{GetType().Name} (\n{string.Concat(_groups.Select((group, number) => $"Parameter Group {number}\n{string.Concat(group.Options.ToDictionary().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"    {pair.Key}: {PythonText.OfSetting(pair.Value)}\n"))}"))})";

    private protected abstract void Apply(Parameter parameter, Tensor gradient, GroupOptions options, ParameterState state);

    private protected ParameterState Remember(Parameter parameter)
    {
        if (!_states.TryGetValue(parameter, out var state)) _states.Add(parameter, state = new ParameterState());
        return state;
    }

    /// <summary>Adds a group once all about it is known to be right.</summary>
    private protected void Add(ParameterGroup group)
    {
        var known = _groups.SelectMany(other => other.Parameters).ToHashSet(ReferenceEqualityComparer.Instance);
        if (!group.Parameters.All(known.Add)) throw new ArgumentException("some parameters appear in more than one parameter group");
        if (group.Parameters.FirstOrDefault(parameter => parameter.is_complex()) is { } complex)
            throw new ArgumentException($"an optimiser moves real parameters: expected a floating-point type but got {complex.dtype}");
        _groups.Add(group);
    }

    private void Forget()
    {
        foreach (var state in _states.Values) state.Dispose();
        _states.Clear();
    }
}
