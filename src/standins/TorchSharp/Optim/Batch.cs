using static TorchSharp.Engine.Op;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Parameters, their gradients and their states, in step with each other. The methods change all of a list in one call
/// of libtorch; their temporaries belong to the current scope.
/// </summary>
internal sealed class Batch<TState>(long step)
{
    public long Step => step;

    public List<Tensor> Parameters { get; } = [];

    public List<Tensor> Gradients { get; private set; } = [];

    public List<TState> States { get; } = [];

    public void Add(Parameter parameter, Tensor gradient, TState state)
    {
        Parameters.Add(parameter);
        Gradients.Add(gradient);
        States.Add(state);
    }

    /// <summary>A tensor of each state.</summary>
    public List<Tensor> Of(Func<TState, Tensor> field) => States.ConvertAll(state => field(state));

    /// <summary>Turns the gradients round to climb, then adds the decay: in this order, so that the decay always shrinks.</summary>
    public void Prepare(double weightDecay, bool maximize = false)
    {
        if (maximize) Gradients = [.. RunList("_foreach_neg", Gradients)];
        if (weightDecay != 0) Gradients = Lists.Plus(Gradients, Parameters, weightDecay);
    }
}

/// <summary>Arithmetic of lists of tensors. A trailing underscore changes the first list; the others make a new one.</summary>
internal static class Lists
{
    public static List<Tensor> Plus(List<Tensor> a, List<Tensor> b, double factor) => [.. RunList("_foreach_add.List", a, b, factor)];

    public static void Add_(List<Tensor> a, List<Tensor> b, double factor = 1) => RunVoid("_foreach_add_.List", a, b, factor);

    public static void Add_(List<Tensor> a, double value) => RunVoid("_foreach_add_.Scalar", a, value);

    public static void Multiply_(List<Tensor> a, double factor) => RunVoid("_foreach_mul_.Scalar", a, factor);

    public static void Divide_(List<Tensor> a, double divisor) => RunVoid("_foreach_div_.Scalar", a, divisor);

    /// <summary>a += factor · b · c</summary>
    public static void AddProduct_(List<Tensor> a, List<Tensor> b, List<Tensor> c, double factor = 1) => RunVoid("_foreach_addcmul_.Scalar", a, b, c, factor);

    /// <summary>a += factor · b / c</summary>
    public static void AddQuotient_(List<Tensor> a, List<Tensor> b, List<Tensor> c, double factor = 1) => RunVoid("_foreach_addcdiv_.Scalar", a, b, c, factor);

    /// <summary>The moving average a = rate · a + (1 − rate) · b.</summary>
    public static void Average_(List<Tensor> a, List<Tensor> b, double rate)
    {
        Multiply_(a, rate);
        Add_(a, b, 1 - rate);
    }

    /// <summary>The moving average a = rate · a + (1 − rate) · b².</summary>
    public static void AverageSquares_(List<Tensor> a, List<Tensor> b, double rate)
    {
        Multiply_(a, rate);
        AddProduct_(a, b, b, 1 - rate);
    }

    public static List<Tensor> Sqrt(List<Tensor> a) => [.. RunList("_foreach_sqrt", a)];

    public static void Sqrt_(List<Tensor> a) => RunVoid("_foreach_sqrt_", a);

    /// <summary>√a + epsilon</summary>
    public static List<Tensor> SqrtPlus(List<Tensor> a, double epsilon)
    {
        var roots = Sqrt(a);
        Add_(roots, epsilon);
        return roots;
    }

    /// <summary>√(a / divisor) + epsilon, with the root of each taken apart, as PyTorch rounds it.</summary>
    public static List<Tensor> SqrtPlus(List<Tensor> a, double epsilon, double divisor)
    {
        var roots = Sqrt(a);
        Divide_(roots, Math.Sqrt(divisor));
        Add_(roots, epsilon);
        return roots;
    }
}
