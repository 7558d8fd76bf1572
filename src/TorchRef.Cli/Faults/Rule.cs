using static TorchSharp.torch;

namespace TorchRef.Cli.Faults;

/// <summary>A function and a gradient for it, both as formulas: the shortest way to be wrong in one place.</summary>
/// <param name="Forward">The output from the inputs.</param>
/// <param name="Backward">From ∂L/∂output and what was saved: ∂L/∂input for each input, null for none.</param>
internal sealed record Rule(Func<Tensor[], Tensor> Forward, Func<Tensor, Tensor[], Tensor?[]> Backward)
{
    /// <summary>What backward is given: the inputs. Anything else that is saved is a constant to a second backward.</summary>
    public Func<Tensor[], Tensor[]> Save { get; init; } = inputs => inputs;

    public Tensor Apply(params Tensor[] inputs) => RuleFunction.apply([this, .. inputs]);

    /// <summary>The same of one input and a gradient.</summary>
    public static Rule Of(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor?> backward) =>
        new(inputs => forward(inputs[0]), (gradient, saved) => [backward(gradient, saved[0])]);

    /// <summary>The same of two inputs.</summary>
    public static Rule Of(Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?[]> backward) =>
        new(inputs => forward(inputs[0], inputs[1]), (gradient, saved) => backward(gradient, saved[0], saved[1]));

    private sealed class RuleFunction : autograd.SingleTensorFunction<RuleFunction>
    {
        public override string Name => nameof(Rule);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            // No dispose scope: what is saved must be alive when forward has returned.
            var rule = (Rule)vars[0];
            Tensor[] inputs = [.. vars.Skip(1).Cast<Tensor>()];
            ctx.save_data("rule", rule);
            ctx.save_for_backward([.. rule.Save(inputs)]);
            return rule.Forward(inputs);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var scope = NewDisposeScope();
            var rule = (Rule)ctx.get_data("rule");
            Tensor?[] gradients = [null, .. rule.Backward(grad_output, [.. ctx.get_saved_variables()]).Select(gradient => gradient?.MoveToOuterDisposeScope())];
            return new List<Tensor>(gradients!);
        }
    }
}
