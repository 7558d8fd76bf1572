using TorchRef.Experiments.Catalog.Activations;
using TorchRef.Experiments.Catalog.Gradients;
using TorchRef.Experiments.Catalog.Inputs;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Tests.Catalog;

/// <summary>Numbers that are known from elsewhere: from running the study notes' book, or from a formula.</summary>
public sealed class KnownValueTests
{
    [Theory]
    [InlineData("SGD", -0.387, -0.094, 5e-4)]
    [InlineData("Momentum", 0.814, 0.273, 5e-4)]
    [InlineData("AdaGrad", -0.136, 9e-17, 5e-4)]
    [InlineData("Adam", 0.020, 0.322, 5e-4)]
    public void Optimisers_end_where_those_of_the_book_do(string name, double x, double y, double tolerance)
    {
        Records records = QuickRuns.Of("optimizers").Records;

        Assert.Equal(30, records[$"{name}/x"].Count);
        Assert.Equal((-7, 2), (records[$"{name}/x"][0], records[$"{name}/y"][0]));
        Assert.Equal(x, records[$"{name}/x"][^1], tolerance);
        Assert.Equal(y, records[$"{name}/y"][^1], Math.Abs(y) < 1e-10 ? 1e-17 : tolerance);
    }

    [Fact]
    public void Plain_descent_is_the_closed_form()
    {
        Records records = QuickRuns.Of("optimizers").Records;

        Assert.Equal(-7 * Math.Pow(1 - 0.95 / 10, 29), records["SGD/x"][^1], 1e-12);
        Assert.Equal(2 * Math.Pow(1 - 0.95 * 2, 29), records["SGD/y"][^1], 1e-12);
    }

    /// <summary>The book's are of one seed; ours vary by up to a fifth from seed to seed.</summary>
    [Theory]
    [InlineData("sigmoid", "std 1", 0.437)]
    [InlineData("sigmoid", "std 0.01", 0.0115)]
    [InlineData("sigmoid", "Xavier", 0.116)]
    [InlineData("sigmoid", "He", 0.162)]
    [InlineData("tanh", "std 1", 0.956)]
    [InlineData("tanh", "std 0.01", 1e-5)]
    [InlineData("tanh", "Xavier", 0.314)]
    [InlineData("tanh", "He", 0.558)]
    [InlineData("ReLU", "He", 1.00)]
    public void Activations_spread_as_those_of_the_book(string function, string init, double std)
    {
        RunResult result = QuickRuns.Of("activations");
        double mean = result.Plan.Seeds.Average(seed => result.Records[$"{ActivationHistograms.Key(seed, function, init, false)}/std"][^1]);

        Assert.InRange(mean, 0.7 * std, 1.3 * std);
    }

    [Fact]
    public void Normalised_sigmoids_spread_as_the_sigmoid_of_a_normal_number()
    {
        double fit = StraightFit.Of(1, 0) is var line ? line.Slope / Math.Sqrt(line.R2) : 0;
        RunResult result = QuickRuns.Of("activations");

        Assert.All(result.Plan.Seeds, seed => Assert.Equal(fit, result.Records[$"{ActivationHistograms.Key(seed, "sigmoid", "He", true)}/std"][0], 0.002));
    }

    [Theory]
    [InlineData(1, 0, 0.984)]
    [InlineData(0.5, 0, 0.998)]
    [InlineData(3, 0, 0.878)]
    [InlineData(1, 2, 0.8625)]
    public void The_sigmoid_is_as_straight_as_was_measured(double gamma, double beta, double r2) =>
        Assert.Equal(r2, QuickRuns.Of("sigmoid-linearity").Records.Number(SigmoidLinearity.Key(gamma, beta)), 6e-4);

    [Fact]
    public void A_hair_of_the_sigmoid_is_straight_and_a_wide_one_is_a_step()
    {
        Assert.Equal(1, StraightFit.Of(1e-3, 0).R2, 1e-9);
        // The best line through a step explains 2/π of it.
        Assert.Equal(2 / Math.PI, StraightFit.Of(1e4, 0).R2, 1e-2);
    }

    /// <summary>The factor of a sigmoid layer is the root mean square of σ′ over N(0, something below 1): close below ¼.</summary>
    [Fact]
    public void Each_sigmoid_takes_three_quarters_of_the_gradient()
    {
        RunResult result = QuickRuns.Of("vanishing-gradients");
        double ratio = Spread.GeometricMean([.. result.Plan.Seeds.Select(seed => result.Records[VanishingGradients.Key(seed, "sigmoid, Xavier", false, 20)]).Select(sizes => sizes[0] / sizes[^1])]);

        Assert.InRange(ratio, 1e-13, 1e-11);
    }

    [Fact]
    public void A_bowl_knows_its_curvature()
    {
        var bowl = new Bowl(5, 3, 5);

        Assert.Equal((8.0, 2.0, 4.0), (bowl.Steepest, bowl.Flattest, bowl.Condition));
        Assert.Equal((1.0, 0.0), bowl.Solve(5, 3));
        Assert.Equal(Math.Atan(0.75) * 180 / Math.PI, bowl.WidestAngle, 1e-12);
        // Along the steep direction one step is enough; along the flat one the distance falls by ¾ each.
        Assert.Equal(1, bowl.StepsToMinimum(1, 1, 100, default));
        Assert.Equal((int)Math.Ceiling(Math.Log(1e-6) / Math.Log(0.75)), bowl.StepsToMinimum(1, -1, 100, default));
    }
}
