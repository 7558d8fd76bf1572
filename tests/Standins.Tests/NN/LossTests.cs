using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Standins.Tests.NN;

/// <summary>The numbers are Python's.</summary>
public class LossTests
{
    private static Tensor X => torch.tensor(new float[,] { { 1, 2, 4 }, { 0, -1, 3 } });

    private static Tensor Y => torch.tensor(new float[,] { { 0.5f, 2.5f, 1 }, { 1, 0, 1 } });

    private static Tensor V => torch.tensor(new float[,] { { 0.5f, 1, 2 }, { 1, 1, 4 } });

    [Fact]
    public void Cross_entropy_takes_classes_weights_and_smoothing()
    {
        using var classes = torch.tensor(new long[] { 2, 0 });
        Near.Assert(F.cross_entropy(X, classes), [1.6179]);
        Near.Assert(F.cross_entropy(X, classes, label_smoothing: 0.1), [1.6679]);
        Near.Assert(nn.CrossEntropyLoss(ignore_index: 0).call(X, classes), [0.1698]);
        Near.Assert(nn.CrossEntropyLoss(reduction: nn.Reduction.None).call(X, classes), [0.1698, 3.0659]);
        Near.Assert(nn.NLLLoss().call(F.log_softmax(X, 1), classes), [1.6179]);
        using var weighted = nn.CrossEntropyLoss(torch.tensor(new float[] { 3, 1, 1 })).call(X, classes);
        Near.Assert(weighted, [(0.1698 + 3 * 3.0659) / 4]);
    }

    [Fact]
    public void Regression_losses_match_python()
    {
        Near.Assert(nn.MSELoss().call(X, Y), [2.583333]);
        Near.Assert(nn.L1Loss().call(X, Y), [1.333333]);
        Near.Assert(nn.SmoothL1Loss().call(X, Y), [0.875]);
        Near.Assert(nn.HuberLoss().call(X, Y), [0.875]);
        Near.Assert(nn.PoissonNLLLoss().call(X, Y), [12.276484]);
        Near.Assert(F.kl_div(X, Y, log_target: false), [-1.759308]);
        Near.Assert(nn.KLDivLoss().call(X, Y), [-0.767707]);
        Near.Assert(nn.MSELoss(nn.Reduction.Sum).call(X, Y), [15.5]);
        Assert.Equal([2L, 3], nn.MSELoss(nn.Reduction.None).call(X, Y).shape);
    }

    [Fact]
    public void Binary_losses_match_python()
    {
        Near.Assert(nn.BCEWithLogitsLoss().call(X, Y), [-0.164444]);
        Near.Assert(nn.SoftMarginLoss().call(X, Y), [0.322304]);
        using var labels = torch.tensor(new float[,] { { 1, 0, 1 }, { 0, 1, 1 } });
        Near.Assert(nn.MultiLabelSoftMarginLoss().call(X, labels), [0.752223]);
        Near.Assert(nn.BCELoss().call(X.sigmoid(), labels), [0.752223]);
    }

    [Fact]
    public void Distance_losses_match_python()
    {
        Near.Assert(nn.TripletMarginLoss().call(X, Y, V), [1.395460]);
        using var signs = torch.tensor(new float[] { 1, -1 });
        Near.Assert(nn.MarginRankingLoss(0.5).call(torch.tensor(new float[] { 1, 1 }), torch.tensor(new float[] { 2, 2 }), signs), [0.75]);
        Near.Assert(nn.CosineEmbeddingLoss().call(X, X, signs), [0.5]);
    }

    [Fact]
    public void A_loss_is_differentiable()
    {
        using var input = X.requires_grad_();
        nn.MSELoss().call(input, Y).backward();
        Near.Assert(input.grad!, [1.0 / 6, -1.0 / 6, 1, -1.0 / 3, -1.0 / 3, 2.0 / 3]);
    }
}
