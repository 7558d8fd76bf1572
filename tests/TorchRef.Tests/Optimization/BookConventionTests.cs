using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = TorchRef.Optimization.Adam;
using SGD = TorchRef.Optimization.SGD;

namespace TorchRef.Tests.Optimization;

/// <summary>The study notes' rules beside PyTorch's, on the valley x²/20 + y² that they walk down from (−7, 2).</summary>
public sealed class BookConventionTests
{
    private const int Updates = 30;

    // The last point drawn there is the one before the last update.
    [Fact]
    public void Each_ends_where_the_books_does()
    {
        Assert.Equal("-0.387 -0.094", Rounded(Walk(p => new SGD(p, 0.95), Updates - 1)));
        Assert.Equal("0.814 0.273", Rounded(Walk(p => new Momentum(p, 0.1), Updates - 1)));
        Assert.Equal("-0.136 0.000", Rounded(Walk(p => new AdaGrad(p, 1.5, convention: OptimizerConvention.Book), Updates - 1)));
        Assert.Equal("0.020 0.322", Rounded(Walk(p => new Adam(p, 0.3, convention: OptimizerConvention.Book), Updates - 1)));
    }

    [Fact]
    public void Momentum_is_SGD_with_the_rate_inside_of_the_velocity()
    {
        Assert.InRange(Apart(Walk(p => new Momentum(p, 0.1)), Walk(p => new SGD(p, 0.1, momentum: 0.9))), 0, 1e-14);
        Assert.InRange(Apart(Walk(p => new Nesterov(p, 0.1)), Walk(p => new SGD(p, 0.1, momentum: 0.9, nesterov: true))), 0, 1e-14);
    }

    [Fact]
    public void Momentum_goes_on_at_the_old_rate_when_the_rate_changes_where_SGD_stops()
    {
        using var scope = NewDisposeScope();
        var (here, there) = (new Parameter(tensor(new[] { 1.0 })), new Parameter(tensor(new[] { 1.0 })));
        Optimizer[] optimizers = [new Momentum([here], 0.1), new SGD([there], 0.1, momentum: 0.9)];
        foreach (var rate in new[] { 0.1, 0.0 })
            foreach (var (optimizer, parameter) in optimizers.Zip([here, there]))
            {
                optimizer.ParamGroups[0].Options = optimizer.ParamGroups[0].Options with { lr = rate };
                parameter.grad = tensor(new[] { 1.0 });
                optimizer.step();
            }

        Kinds.Near([0.9 - 0.09], here, 1e-15);
        Kinds.Near([0.9], there, 1e-15);
        foreach (var optimizer in optimizers) optimizer.Dispose();
    }

    [Fact]
    public void AdaGrad_and_RMSprop_of_the_book_are_PyTorchs_with_another_epsilon()
    {
        Assert.Equal(Walk(p => new AdaGrad(p, 1.5, eps: 1e-7)), Walk(p => new AdaGrad(p, 1.5, convention: OptimizerConvention.Book)));
        Assert.Equal(Walk(p => new RMSprop(p, 0.1, eps: 1e-7)), Walk(p => new RMSprop(p, 0.1, convention: OptimizerConvention.Book)));
    }

    [Fact]
    public void Adam_of_the_book_is_its_formula_number_by_number()
    {
        double[] place = [-7, 2], mean = [0, 0], square = [0, 0];
        for (var t = 1; t <= Updates; t++)
        {
            double[] gradient = [place[0] / 10, place[1] * 2];
            var size = 0.3 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t));
            for (var i = 0; i < 2; i++)
            {
                mean[i] += (1 - 0.9) * (gradient[i] - mean[i]);
                square[i] += (1 - 0.999) * (gradient[i] * gradient[i] - square[i]);
                place[i] -= size * mean[i] / (Math.Sqrt(square[i]) + 1e-7);
            }
        }

        Assert.InRange(Apart(place, Walk(p => new Adam(p, 0.3, convention: OptimizerConvention.Book))), 0, 1e-12);
    }

    [Fact]
    public void Adam_of_the_book_parts_from_PyTorchs_by_where_epsilon_stands()
    {
        var pyTorch = Walk(p => new Adam(p, 0.3));
        Assert.InRange(Apart(pyTorch, Walk(p => new Adam(p, 0.3, convention: OptimizerConvention.Book))), 1e-6, 1e-5);
        // Without ε nothing is left of the difference.
        Assert.InRange(Apart(Walk(p => new Adam(p, 0.3, eps: 0)), Walk(p => new Adam(p, 0.3, eps: 0, convention: OptimizerConvention.Book))), 0, 1e-12);
    }

    [Fact]
    public void A_convention_is_saved_and_PyTorchs_is_not_so_that_files_stay_alike()
    {
        Assert.Equal("Book", new AdamOptions(convention: OptimizerConvention.Book).ToDictionary()["convention"]);
        Assert.False(new AdamOptions().ToDictionary().ContainsKey("convention"));
        Assert.Equal(OptimizerConvention.Book, new AdamOptions().Merge(new AdamOptions(convention: OptimizerConvention.Book).ToDictionary()).convention);
        Assert.Equal(
            "convention of a parameter group: expected PyTorch or Book but got Keras",
            Assert.Throws<ArgumentException>(() => new AdamOptions().Merge(new Dictionary<string, object> { ["convention"] = "Keras" })).Message);
    }

    /// <summary>Where the updates lead.</summary>
    private static double[] Walk(Func<Parameter[], Optimizer> make, int updates = Updates)
    {
        using var scope = NewDisposeScope();
        var place = new Parameter(tensor(new[] { -7.0, 2.0 }));
        using var optimizer = make([place]);
        for (var update = 0; update < updates; update++)
        {
            place.grad = place.detach() * tensor(new[] { 0.1, 2.0 }); // [2]
            optimizer.step();
        }
        return Kinds.Numbers(place);
    }

    private static double Apart(double[] one, double[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();

    private static string Rounded(double[] place) => FormattableString.Invariant($"{place[0]:0.000} {place[1]:0.000}");
}
