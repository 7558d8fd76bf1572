using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>A module that applies a function to its input and its parameters.</summary>
internal sealed class RuleModule : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor[], Tensor> _function;
    private readonly Parameter[] _values;

    public RuleModule(string name, Func<Tensor[], Tensor> function, params (string name, Tensor value)[] parameters)
        : base(name)
    {
        _function = function;
        _values = [.. parameters.Select(parameter => new Parameter(parameter.value))];
        foreach (var (parameter, value) in parameters.Zip(_values)) register_parameter(parameter.name, value);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _function([input, .. _values]).MoveToOuterDisposeScope();
    }
}
