using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers with groups have in common.</summary>
public abstract partial class OptimizerHelper : Optimizer
{
    protected OptimizerOptions _defaults = null!;

    // By object: a tensor's own equality compares elements.
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);
    private Func<OptimizerOptions>? _newOptions;
    private Func<Parameter, OptimizerState>? _newState;

    public OptimizerHelper()
        : base(IntPtr.Zero)
    {
    }

    public override void zero_grad() => base.zero_grad();

    public override IEnumerable<Parameter> parameters() => base.parameters();

    /// <summary>Adds parameters with options of their own; what those leave out is the optimiser's.</summary>
    public override void add_param_group(ParamGroup param_group)
    {
        // A sequence may make its items anew each time it is gone through.
        var parameters = param_group.Parameters.ToList();
        param_group.Parameters = parameters;
        if (parameters.Any(_states.ContainsKey)) throw new ArgumentException("some parameters appear in more than one parameter group");
        if (parameters.Any(parameter => !parameter.is_leaf)) throw new ArgumentException("can't optimize a non-leaf Tensor");
        param_group.Options ??= _newOptions?.Invoke() ?? new OptimizerOptions();
        param_group.Options.FillFrom(_defaults);
        _parameter_groups.Add(param_group);
        foreach (var parameter in parameters)
        {
            if (_newState is null) break;
            var state = _states[parameter] = _newState(parameter);
            state.Initialize(param_group.Options);
        }
    }

    /// <summary>Moves all state to a device.</summary>
    public void to(Device device)
    {
        foreach (var state in _states.Values) state.to(device);
    }

    /// <summary>Runs the closure, if any, with gradients on, then the rule on each group with gradients off.</summary>
    protected Tensor _step<T>(Action<T> body, Func<Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var recorded = enable_grad();
            loss = loss_closure();
        }
        using var nothingRecorded = no_grad();
        foreach (var group in _parameter_groups)
        {
            // A scope for each group: its temporaries go before the next group's come.
            using var scope = NewDisposeScope();
            body((T)group);
        }
        return loss!;
    }

    private protected override void Release()
    {
        foreach (var state in _states.Values) state.Release();
        _states.Clear();
    }

    /// <summary>Sets the optimiser up with its first groups.</summary>
    private protected void Start<TOptions>(TOptions defaults, IEnumerable<ParamGroup> groups, Func<Parameter, OptimizerState> newState)
        where TOptions : OptimizerOptions, new()
    {
        defaults.InitialLearningRate = defaults.LearningRate ?? 0;
        _defaults = defaults;
        _newOptions = static () => new TOptions();
        _newState = newState;
        foreach (var group in groups) add_param_group(group);
        if (!parameters().Any()) throw new ArgumentException("optimizer got an empty parameter list");
    }

    /// <summary>
    /// A group's parameters that have a gradient, in batches whose step counts agree: nearly always one. The rule of an
    /// optimiser then takes a few calls for a whole batch.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="advance">Counts a step in a state and returns the count.</param>
    private protected IEnumerable<Batch<TState>> Batches<TState>(ParamGroup group, Func<TState, long> advance)
        where TState : OptimizerState
    {
        var batches = new List<Batch<TState>>(1);
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            var state = (TState)_states[parameter];
            var step = advance(state);
            var batch = batches.Find(batch => batch.Step == step);
            if (batch is null) batches.Add(batch = new Batch<TState>(step));
            batch.Add(parameter, gradient, state);
        }
        return batches;
    }

    /// <summary>The options of the optimiser and of all its groups, for what is set everywhere at once.</summary>
    private protected IEnumerable<TOptions> AllOptions<TOptions>()
        where TOptions : OptimizerOptions =>
        _parameter_groups.Select(group => group.Options).Prepend(_defaults).Cast<TOptions>();
}
