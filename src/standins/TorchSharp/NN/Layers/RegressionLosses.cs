namespace TorchSharp.Modules;

public sealed class MSELoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public MSELoss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
    }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.mse_loss(input, target, reduction);
}

public sealed class L1Loss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public L1Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
    }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.l1_loss(input, target, reduction);
}

public sealed class SmoothL1Loss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public SmoothL1Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean, double beta = 1)
        : base(reduction)
    {
        this.beta = beta;
    }

    public double beta { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.smooth_l1_loss(input, target, reduction, beta);
}

public sealed class HuberLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public HuberLoss(double delta = 1, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.delta = delta;
    }

    public double delta { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.huber_loss(input, target, delta, reduction);
}

public sealed class PoissonNLLLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public PoissonNLLLoss(bool log_input = true, bool full = false, float eps = 1e-8f, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        (this.log_input, this.full, this.eps) = (log_input, full, eps);
    }

    public bool log_input { get; }

    public bool full { get; }

    public float eps { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.poisson_nll_loss(input, target, log_input, full, eps, reduction);
}

public sealed class KLDivLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public KLDivLoss(bool log_target = true, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.log_target = log_target;
    }

    public bool log_target { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.kl_div(input, target, log_target, reduction);
}

public sealed class GaussianNLLLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>
{
    public GaussianNLLLoss(bool full = false, float eps = 1e-8f, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        (this.full, this.eps) = (full, eps);
    }

    public bool full { get; }

    public float eps { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target, torch.Tensor variance) => torch.nn.functional.gaussian_nll_loss(input, target, variance, full, eps, reduction);
}
