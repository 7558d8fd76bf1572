namespace TorchSharp;

/// <summary>A loss of two arguments.</summary>
public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(nameof(Loss<T1, T2, TResult>))
    {
        this.reduction = reduction;
    }

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss of two arguments that weights classes or elements.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.weight = weight;
    }

    public torch.Tensor? weight { get; }
}

/// <summary>A loss of three arguments.</summary>
public abstract class Loss<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(nameof(Loss<T1, T2, T3, TResult>))
    {
        this.reduction = reduction;
    }

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss of three arguments that weights classes or elements.</summary>
public abstract class WeightedLoss<T1, T2, T3, TResult> : Loss<T1, T2, T3, TResult>
{
    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.weight = weight;
    }

    public torch.Tensor? weight { get; }
}

/// <summary>A loss of four arguments.</summary>
public abstract class Loss<T1, T2, T3, T4, TResult> : torch.nn.Module<T1, T2, T3, T4, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(nameof(Loss<T1, T2, T3, T4, TResult>))
    {
        this.reduction = reduction;
    }

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss of four arguments that weights classes or elements.</summary>
public abstract class WeightedLoss<T1, T2, T3, T4, TResult> : Loss<T1, T2, T3, T4, TResult>
{
    public WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.weight = weight;
    }

    public torch.Tensor? weight { get; }
}
