using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>What a gradient check is given: a function and its inputs, or a module and its input.</summary>
internal sealed class Subject : IDisposable
{
    private readonly Func<Tensor[], Tensor[]>? _function;

    public Subject(Func<Tensor[], Tensor[]> function, params Tensor[] inputs) => (_function, Inputs) = (function, inputs);

    public Subject(nn.Module<Tensor, Tensor> module, Tensor input) => (Module, Inputs) = (module, [input]);

    /// <summary>The module, or null where there is a function.</summary>
    public nn.Module<Tensor, Tensor>? Module { get; }

    public Tensor[] Inputs { get; }

    /// <summary>A function of tensors with a rule for its gradient.</summary>
    public static Subject Of(Rule rule, params Tensor[] inputs) => new(given => [rule.Apply(given)], inputs);

    /// <summary>A function with one output.</summary>
    public static Subject Of(Func<Tensor[], Tensor> function, params Tensor[] inputs) => new(given => [function(given)], inputs);

    /// <summary>The outputs at these inputs and at the module's present parameters.</summary>
    public Tensor[] Evaluate(Tensor[] inputs) => Module is null ? _function!(inputs) : [Module.call(inputs[0])];

    public GradCheckReport Check(GradCheckOptions options) =>
        Module is null ? GradCheck.Run(_function!, Inputs, options) : GradCheck.Run(Module, Inputs[0], options);

    public void Dispose()
    {
        foreach (var input in Inputs) input.Dispose();
        Module?.Dispose();
    }
}
