namespace TorchSharp.Modules;

public sealed class HingeEmbeddingLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public HingeEmbeddingLoss(double margin = 0, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.margin = margin;
    }

    public double margin { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.hinge_embedding_loss(input, target, margin, reduction);
}

public sealed class MarginRankingLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>
{
    public MarginRankingLoss(double margin = 0, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.margin = margin;
    }

    public double margin { get; }

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2, torch.Tensor target) => torch.nn.functional.margin_ranking_loss(input1, input2, target, margin, reduction);
}

public sealed class CosineEmbeddingLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>
{
    public CosineEmbeddingLoss(double margin = 0, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.margin = margin;
    }

    public double margin { get; }

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2, torch.Tensor target) => torch.nn.functional.cosine_embedding_loss(input1, input2, target, margin, reduction);
}

public sealed class TripletMarginLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly double _eps;
    private readonly bool _swap;

    public TripletMarginLoss(double margin = 1, long p = 2, double eps = 1e-6, bool swap = false, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        (this.margin, this.p, _eps, _swap) = (margin, p, eps, swap);
    }

    public double margin { get; }

    public long p { get; }

    public override torch.Tensor forward(torch.Tensor anchor, torch.Tensor positive, torch.Tensor negative) =>
        torch.nn.functional.triplet_margin_loss(anchor, positive, negative, margin, p, _eps, _swap, reduction);
}
