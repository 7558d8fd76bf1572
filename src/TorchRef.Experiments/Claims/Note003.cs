using TorchRef.Normalization;
using static TorchRef.Experiments.Claims.ClaimMeasurement;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Claims;

/// <summary>The claims of note 003, why to normalise.</summary>
internal static class Note003
{
    private const double Large = 100;
    private const double Small = 1;
    private const int Steps = 50;

    public static IEnumerable<ClaimCheck> Checks =>
    [
        Check("D1", "normalisation makes it less likely to end in a local optimum", "a change of scale moves the minima along with everything else, and creates or removes none: what it changes is the conditioning", LocalOptima),
        Check("D2", "learning goes along the large variance first, so the learning rate must be small", "the curvature along an input is its variance", LargeFirst),
        Check("D3", "with a large learning rate the side of the small variance diverges", "a side diverges past 2/variance, which is the smaller the larger the variance", WhichDiverges),
        Check("D4", "after normalisation gradient descent behaves alike wherever it starts", "in a round bowl the gradient points to the minimum from anywhere", m => m.Finding("input-normalization", "wherever it starts")),
        Check("D5", "raising the learning rate makes gradients vanish or explode", "past 2/curvature each step overshoots further; and a ReLU that overshot is dead", VanishOrExplode),
        Check("D6", "with batch normalisation: larger learning rates, no care for the initialisation, no need of dropout", "over-stated: see E3 for the initialisations", Overstated),
        Check("D7", "covariate shift: where training and test data are distributed differently, predictions are bad", "what was learned is about the one distribution", m => m.Finding("covariate-shift", "a network that learned one distribution")),
        Check("D8", "internal covariate shift: the inputs of deeper layers change more during training", "changes of all earlier layers add up", m => m.Finding("covariate-shift", "during training the inputs of later layers drift")),
        Check("D9", "whitening costs more, and ignores the bias", "it also decorrelates, which batch normalisation doesn't; and the bias is ignored by a gradient that takes the mean for a constant, not by one that goes through it", Whitened),
        Check("D10", "N(0, 1) sits in the sigmoid's linear zone, and γ and β get away from it", "a larger γ or another β moves inputs to where the sigmoid bends", m => { m.Finding("sigmoid-linearity", "over N(0, 1) the sigmoid"); m.Finding("sigmoid-linearity", "a larger γ"); }),
        Check("D11", "statistics of each mini-batch instead of the whole data set cost less", "they are by-products of what is computed anyway", CheaperStatistics),
        Check("D12", "drawbacks: recurrent networks, and dependence on the batch size", "time steps are distributed differently; a batch of two has only one bit of each channel left, and a batch of one nothing. LayerNorm and GroupNorm don't look at the batch", Drawbacks),
    ];

    private static ClaimCheck Check(string id, string statement, string why, Action<ClaimMeasurement> measure) => new(new Claim(id, "003", statement), why, measure);

    /// <summary>Gradient descent in a landscape of two tilted double wells, from a grid of starts, with one input 10 times as wide or normalised.</summary>
    private static void LocalOptima(ClaimMeasurement m)
    {
        const double Wide = 10, Rate = 0.02;
        static double Slope(double t) => 4 * t * (t * t - 1) + 0.3;             // of (t² − 1)² + 0.3t; the better well is on the left
        double Share(double width)
        {
            (int best, int all) = (0, 0);
            for (double x = -1.45; x < 1.5; x += 0.1)
            {
                for (double y = -1.45; y < 1.5; y += 0.1, all++)
                {
                    (double u, double v) = (x * width, y);
                    for (int step = 0; step < 10_000; step++) (u, v) = (u - Rate * Slope(u / width) / width, v - Rate * Slope(v));
                    if (u < 0 && v < 0) best++;
                }
            }

            return (double)best / all;
        }

        (double raw, double normalised) = (Share(Wide), Share(1));
        m.Says("fewer starts end in a local minimum", normalised > raw, $"{Number(100 * (1 - raw))} % of 900 starts end in a local minimum with an input 10 times as wide, {Number(100 * (1 - normalised))} % once it is normalised");
    }

    /// <summary>What is left of a unit distance along an input of some variance.</summary>
    private static double Left(double variance, double rate, int steps)
    {
        double left = 1;
        for (int step = 0; step < steps; step++) left -= rate * variance * left;
        return Math.Abs(left);
    }

    private static void LargeFirst(ClaimMeasurement m)
    {
        const double Rate = 0.005;
        (double large, double small) = (Left(Large, Rate, 10), Left(Small, Rate, 10));
        m.Says("the distance along the large variance shrinks first", large < 0.01 && small > 0.9, $"after 10 steps of {Number(Rate)} {Number(large, 2)} is left of it, {Number(small, 2)} of the other; variances {Number(Large)} and {Number(Small)}");
        m.Says("and the large variance sets the limit of the learning rate", Left(Large, 1.9 / Large, 500) < 1 && Left(Large, 2.1 / Large, 500) > 1, $"2/{Number(Large)}: at 1.9/{Number(Large)} it converges, at 2.1/{Number(Large)} it diverges");
    }

    private static void WhichDiverges(ClaimMeasurement m)
    {
        const double Rate = 0.021;
        (double large, double small) = (Left(Large, Rate, Steps), Left(Small, Rate, Steps));
        m.Says("the small-variance side diverges, the large one doesn't", small > 1 && large < 1, $"variances {Number(Large)} and {Number(Small)}, learning rate {Number(Rate)}, {Steps} steps: the distance along the large one grows to {Number(large)}, along the small one it falls to {Number(small)}");
    }

    private static void VanishOrExplode(ClaimMeasurement m)
    {
        double calm = Left(Large, 0.019, Steps), wild = Left(Large, 0.04, Steps);
        m.Says("they explode", wild > 1e6 && calm < 1, $"the gradient of a parabola of curvature {Number(Large)} falls to {Number(calm, 2)} of its size in {Steps} steps of 0.019, and grows {Number(wild, 2)} times in steps of 0.04");
        m.Finding("dead-relu", "once all are dead the gradient is exactly 0");
    }

    private static void Whitened(ClaimMeasurement m)
    {
        m.Finding("whitening", "whitening costs more");
        m.Finding("whitening", "a bias whose gradient takes the mean for a constant");
        m.FindingAsLimit("whitening", "whitening takes out the correlation");
        m.FindingAsLimit("whitening", "with the gradient through the mean it stays");
    }

    private static void CheaperStatistics(ClaimMeasurement m)
    {
        int images = m.Digits.Train.Count, batch = Math.Min(100, images);
        m.Says("a step reads the values of its batch alone", batch < images, $"{batch} of {images} training images for each step, {Number((double)images / batch)} times fewer values");
    }

    private static void Overstated(ClaimMeasurement m)
    {
        m.Finding("learning-rate", "with batch normalisation larger learning rates");
        m.Finding("bn-init", "from most scales a plain network learns nothing");
        m.FindingAsLimit("bn-init", "the scale matters with batch normalisation too");
        m.FindingAsLimit("bn-noise", "networks with batch normalisation over-fit");
    }

    private static void Drawbacks(ClaimMeasurement m)
    {
        m.Finding("batch-size", "batch normalisation breaks down");
        m.Finding("batch-size", "GroupNorm and LayerNorm");
        using Generator draws = m.Draws("small batches");
        using var norm = new BatchNorm1d(6, eps: 0, dtype: float64);
        bool refused = false;
        try
        {
            norm.call(randn(1, 6, float64, generator: draws));
        }
        catch (ArgumentException)
        {
            refused = true;
        }

        m.Says("a batch of one is refused", refused, refused ? "an error" : "no error");
        var pair = norm.call(randn(2, 6, float64, generator: draws));           // [2, 6]
        double off = (pair.abs() - 1).abs().max().item<double>();
        m.Says("of a batch of two only the sign is left", off < 1e-12, $"all values are ±1, within {Number(off, 2)}");
        using var layer = new LayerNorm(6, dtype: float64);
        using var group = new GroupNorm(2, 6, dtype: float64);
        var eight = randn(8, 6, float64, generator: draws);                     // [8, 6]
        double change = Math.Max((layer.call(eight)[..1] - layer.call(eight[..1])).abs().max().item<double>(), (group.call(eight)[..1] - group.call(eight[..1])).abs().max().item<double>());
        m.Says("LayerNorm and GroupNorm give the same in any batch, so it is batch normalisation that depends on it", change < 1e-12, $"largest change {Number(change, 2)} between batches of 8 and of 1");
        m.Finding("recurrent-bn", "the steps of a recurrent network");
        m.Finding("recurrent-bn", "so one set of running statistics");
    }
}
