using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Optimization;

/// <summary>An optimiser with its own kind of settings. A new one states its rule in <see cref="Update"/>.</summary>
/// <typeparam name="TOptions">The settings of a group.</typeparam>
public abstract class Optimizer<TOptions> : Optimizer where TOptions : GroupOptions
{
    /// <summary>Optimises groups of parameters, each with settings of its own.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or there are no parameters, or one is given twice; the texts are PyTorch's.</exception>
    protected Optimizer(IEnumerable<(IEnumerable<Parameter> parameters, TOptions options)> groups)
    {
        foreach (var (parameters, options) in groups) add_param_group(parameters, options);
        if (ParamGroups.Sum(group => group.Parameters.Count) == 0) throw new ArgumentException("optimizer got an empty parameter list");
    }

    /// <summary>Optimises further parameters, from the next step on.</summary>
    /// <exception cref="ArgumentException">A setting is invalid, or a parameter is given twice; the texts are PyTorch's.</exception>
    public void add_param_group(IEnumerable<Parameter> parameters, TOptions options)
    {
        var group = new ParameterGroup([.. parameters], options, typeof(TOptions));
        Add(group);
        foreach (var parameter in group.Parameters) Begin(parameter, options, Remember(parameter));
    }

    /// <summary>Moves one parameter, in place. Gradients are off, and a dispose scope is open.</summary>
    /// <param name="parameter">θ.</param>
    /// <param name="gradient">∂L/∂θ, of θ's shape; not to be changed.</param>
    /// <param name="options">The settings of its group.</param>
    /// <param name="state">What is remembered of it.</param>
    protected abstract void Update(Parameter parameter, Tensor gradient, TOptions options, ParameterState state);

    /// <summary>Prepares the memory of a parameter before its first step, for optimisers whose state PyTorch has from the start.</summary>
    protected virtual void Begin(Parameter parameter, TOptions options, ParameterState state)
    {
    }

    /// <summary>The direction to descend along: the gradient, turned round to climb.</summary>
    protected static Tensor Signed(Tensor gradient, GroupOptions options) => options.maximize ? -gradient : gradient;

    private protected sealed override void Apply(Parameter parameter, Tensor gradient, GroupOptions options, ParameterState state) =>
        Update(parameter, gradient, (TOptions)options, state);
}
