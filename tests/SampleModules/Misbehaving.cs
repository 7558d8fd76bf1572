using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sample;

/// <summary>Calls something in forward or in backward of the identity.</summary>
public sealed class Calling : autograd.SingleTensorFunction<Calling>
{
    public override string Name => nameof(Calling);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("call", vars[1]);
        return ((Tensor)vars[0]).clone();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ((Action)ctx.get_data("call"))();
        return [grad_output.clone(), null!];
    }
}

public sealed class ThrowsInBackward() : nn.Module<Tensor, Tensor>(nameof(ThrowsInBackward))
{
    public override Tensor forward(Tensor input) => Calling.apply(input, (Action)(() => throw new InvalidOperationException("no gradient today")));
}

public sealed class ThrowsInForward() : nn.Module<Tensor, Tensor>(nameof(ThrowsInForward))
{
    public override Tensor forward(Tensor input) => throw new InvalidOperationException($"expected 3 columns but got {input.shape[^1]}");
}

/// <summary>What an exception in backward does to a process on the real package.</summary>
public sealed class AbortsInBackward() : nn.Module<Tensor, Tensor>(nameof(AbortsInBackward))
{
    public override Tensor forward(Tensor input) => Calling.apply(input, (Action)(() => Environment.FailFast("the last words")));
}

public sealed class LoopsForEver() : nn.Module<Tensor, Tensor>(nameof(LoopsForEver))
{
    public override Tensor forward(Tensor input)
    {
        Console.Error.WriteLine("looping");
        while (true) Thread.Sleep(10);
    }
}

public sealed class Prints() : nn.Module<Tensor, Tensor>(nameof(Prints))
{
    public override Tensor forward(Tensor input)
    {
        Console.WriteLine("{\"Done\":true}");
        return input * 2;
    }
}

public sealed class RefusesToBeMade : nn.Module<Tensor, Tensor>
{
    public RefusesToBeMade(int features) : base(nameof(RefusesToBeMade)) => throw new ArgumentException($"features must be positive but got {features}");

    public override Tensor forward(Tensor input) => input;
}

public sealed class TwoInputs() : nn.Module<Tensor, Tensor, Tensor>(nameof(TwoInputs))
{
    public override Tensor forward(Tensor left, Tensor right) => left * right;
}

public abstract class Unfinished() : nn.Module<Tensor, Tensor>(nameof(Unfinished));

/// <summary>Scales by a number, of which the constructor says where it came from; made for the choice of constructors.</summary>
public sealed class Scale : nn.Module<Tensor, Tensor>
{
    private readonly Parameter factor;

    public Scale(double by, ScaleKind kind = ScaleKind.Times) : base(nameof(Scale))
    {
        factor = new Parameter(tensor(kind == ScaleKind.Times ? by : 1 / by));
        RegisterComponents();
    }

    public Scale(string text, bool negative) : this(negative ? -text.Length : text.Length) { }

    public override Tensor forward(Tensor input) => input * factor;
}

public enum ScaleKind
{
    Times,
    By,
}

public static class First
{
    public sealed class Twin() : nn.Module<Tensor, Tensor>(nameof(Twin))
    {
        public override Tensor forward(Tensor input) => input.sin();
    }
}

public static class Second
{
    public sealed class Twin() : nn.Module<Tensor, Tensor>(nameof(Twin))
    {
        public override Tensor forward(Tensor input) => input.cos();
    }
}
