using TorchRef.Layers;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Layers;

/// <summary>How weights begin: torch.nn.init's numbers, and the spread that each rule promises.</summary>
public sealed class InitializersTests
{
    [Fact]
    public void The_numbers_are_those_of_torch_nn_init_from_the_same_seed_bit_for_bit() => Law.Holds(sample =>
    {
        var shape = sample.Pick<long[]>([4, 3], [50, 20], [6, 2, 5], [4, 3, 3, 3]);
        var (dtype, gain) = (sample.FloatType(), sample.Uniform(0.1, 3));
        var (own, torch) = Rules(gain)[sample.Between(0, Rules(gain).Length - 1)];
        var (one, other) = (empty(shape, dtype), empty(shape, dtype));

        manual_seed(sample.Seed);
        own(one);
        manual_seed(sample.Seed);
        torch(other);

        Expect.Same(one, other);
    });

    private static (Func<Tensor, Tensor> own, Func<Tensor, Tensor> torch)[] Rules(double gain) =>
    [
        (t => Initializers.Normal(t, gain, -1), t => nn.init.normal_(t, -1, gain)),
        (t => Initializers.Uniform(t, -gain, 2 * gain), t => nn.init.uniform_(t, -gain, 2 * gain)),
        (t => Initializers.XavierNormal(t, gain), t => nn.init.normal_(t, 0, gain * Math.Sqrt(2.0 / (Initializers.Fans(t).fanIn + Initializers.Fans(t).fanOut)))), // TorchSharp's xavier_normal_ draws uniform numbers
        (t => Initializers.XavierUniform(t, gain), t => nn.init.xavier_uniform_(t, gain)),
        (t => Initializers.HeNormal(t, gain), t => nn.init.kaiming_normal_(t, gain)),
        (t => Initializers.HeUniform(t, gain), t => nn.init.kaiming_uniform_(t, gain)),
        (t => Initializers.HeNormal(t, mode: FanMode.Out, nonlinearity: Nonlinearity.ReLU), t => nn.init.kaiming_normal_(t, 0, nn.init.FanInOut.FanOut, nn.init.NonlinearityType.ReLU)),
        (t => Initializers.HeUniform(t, nonlinearity: Nonlinearity.Tanh), t => nn.init.kaiming_uniform_(t, 0, nn.init.FanInOut.FanIn, nn.init.NonlinearityType.Tanh)),
    ];

    public static TheoryData<string, double> Deviations => new()
    {
        { "normal 0.01", 0.01 },
        { "xavier normal", Math.Sqrt(2.0 / (400 + 600)) },
        { "xavier uniform", Math.Sqrt(2.0 / (400 + 600)) },
        { "xavier fan in", Math.Sqrt(1.0 / 400) },
        { "he normal", Math.Sqrt(2.0 / 400) },
        { "he uniform", Math.Sqrt(2.0 / 400) },
        { "he normal out", Math.Sqrt(2.0 / 600) },
    };

    [Theory]
    [MemberData(nameof(Deviations))]
    public void The_deviation_is_what_the_rule_promises_about_0(string rule, double deviation)
    {
        const int Count = 600 * 400;
        using var scope = NewDisposeScope();
        using var random = new Generator(11);
        var weight = Fill(rule, empty([600, 400], float64), random);

        var measured = Math.Sqrt(weight.square().mean().item<double>());

        Assert.InRange(measured / deviation, 1 - 6 / Math.Sqrt(2.0 * Count), 1 + 6 / Math.Sqrt(2.0 * Count));
        Assert.InRange(weight.mean().item<double>(), -6 * deviation / Math.Sqrt(Count), 6 * deviation / Math.Sqrt(Count));
        if (rule.Contains("uniform")) Assert.InRange(weight.abs().max().item<double>(), 0, Math.Sqrt(3) * deviation);
    }

    [Theory]
    [MemberData(nameof(Deviations))]
    public void A_generator_decides_the_numbers_and_leaves_the_global_stream_alone(string rule, double deviation)
    {
        using var scope = NewDisposeScope();
        using var one = new Generator(5);
        using var other = new Generator(5);
        manual_seed(1);
        var undisturbed = rand(3);

        manual_seed(1);
        var first = Fill(rule, empty(600, 400), one);
        var after = rand(3);
        var second = Fill(rule, empty(600, 400), other);

        Expect.Same(first, second);
        Expect.Same(after, undisturbed);
        Assert.False(Fill(rule, empty(600, 400), one).equal(first).all().item<bool>(), $"{rule} ({deviation})");
    }

    [Theory]
    [InlineData(new long[] { 5, 3 }, 3, 5)]
    [InlineData(new long[] { 6, 2, 5 }, 10, 30)]
    [InlineData(new long[] { 4, 3, 3, 3 }, 27, 36)]
    [InlineData(new long[] { 4, 3, 1, 2, 3 }, 18, 24)]
    [InlineData(new long[] { 0, 3 }, 3, 0)]
    public void Fans_are_the_first_sizes_times_the_kernel(long[] shape, long fanIn, long fanOut)
    {
        using var scope = NewDisposeScope();

        Assert.Equal((fanIn, fanOut), Initializers.Fans(zeros(shape)));
        Assert.Equal(nn.init.CalculateFanInAndFanOut(zeros(shape)), Initializers.Fans(zeros(shape)));
    }

    [Fact]
    public void The_gains_are_those_of_PyTorch()
    {
        Assert.Equal(1, Initializers.Gain(Nonlinearity.Linear));
        Assert.Equal(1, Initializers.Gain(Nonlinearity.Sigmoid));
        Assert.Equal(5.0 / 3, Initializers.Gain(Nonlinearity.Tanh));
        Assert.Equal(Math.Sqrt(2), Initializers.Gain(Nonlinearity.ReLU));
        Assert.Equal(1.4141428569978354, Initializers.Gain(Nonlinearity.LeakyReLU));
        Assert.Equal(1, Initializers.Gain(Nonlinearity.LeakyReLU, 1));
        Assert.Equal(0.75, Initializers.Gain(Nonlinearity.SELU));
        Assert.Equal("Unsupported nonlinearity 99", Assert.Throws<ArgumentException>(() => Initializers.Gain((Nonlinearity)99)).Message);
    }

    [Fact]
    public void Parameters_are_filled_outside_of_any_graph_and_returned()
    {
        using var scope = NewDisposeScope();
        using var affine = new Affine(3, 2);

        var returned = Initializers.Constant(affine.Weight, 0.5);
        Initializers.Zeros(affine.Bias!);

        Assert.Same(affine.Weight, returned);
        Assert.True(affine.Weight.is_leaf);
        Expect.Numbers([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], affine.Weight);
        Expect.Numbers([0, 0], affine.Bias);
    }

    [Fact]
    public void Without_elements_nothing_is_drawn()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var undisturbed = rand(3);

        manual_seed(2);
        Initializers.HeUniform(zeros(0, 3));
        Initializers.HeNormal(zeros(3, 0));
        Initializers.XavierNormal(zeros(0, 0));

        Expect.Same(rand(3), undisturbed);
    }

    [Fact]
    public void What_has_no_meaning_is_refused_in_the_words_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        var (vector, matrix) = (zeros(3), zeros(3, 2));

        foreach (var fill in new Func<Tensor>[] { () => Initializers.XavierNormal(vector), () => Initializers.XavierUniform(vector), () => Initializers.XavierFanIn(vector), () => Initializers.HeNormal(vector), () => Initializers.HeUniform(vector) })
            Assert.Equal("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions", Assert.Throws<ArgumentException>(fill).Message);
        Assert.Equal("normal expects std >= 0.0, but found std -1", Assert.Throws<ArgumentException>(() => Initializers.Normal(matrix, -1)).Message);
        Assert.Equal("uniform_ expects to return a [from, to) range, but found from=2 > to=1", Assert.Throws<ArgumentException>(() => Initializers.Uniform(matrix, 2, 1)).Message);
        Assert.StartsWith("normal expects std >= 0.0, but found std -0.63", Assert.Throws<ArgumentException>(() => Initializers.XavierNormal(matrix, -1)).Message);
        Expect.Same(matrix, zeros(3, 2));
    }

    [Theory]
    [InlineData("xavier fan in", true, 1)]
    [InlineData("he normal", false, 1)]
    public void The_right_deviation_keeps_the_spread_through_layers(string rule, bool linear, double expected)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var relu = new ReLU();
        var activation = randn([200, 300], float64, generator: random); // [N, 300]

        for (var layer = 0; layer < 8; layer++)
        {
            var next = activation.matmul(Fill(rule, empty([300, 300], float64), random).t()); // [N, 300]
            activation = linear || layer == 7 ? next : relu.call(next);
        }

        // He's rule keeps the mean square before the rectifier at 2 where it was 1 once; Xavier's keeps 1.
        var meanSquare = activation.square().mean().item<double>() / (linear ? 1 : 2);
        Assert.InRange(meanSquare, expected / 2, expected * 2);
    }

    private static Tensor Fill(string rule, Tensor weight, Generator random) => rule switch
    {
        "normal 0.01" => Initializers.Normal(weight, 0.01, generator: random),
        "xavier normal" => Initializers.XavierNormal(weight, generator: random),
        "xavier uniform" => Initializers.XavierUniform(weight, generator: random),
        "xavier fan in" => Initializers.XavierFanIn(weight, random),
        "he normal" => Initializers.HeNormal(weight, generator: random),
        "he uniform" => Initializers.HeUniform(weight, generator: random),
        _ => Initializers.HeNormal(weight, mode: FanMode.Out, generator: random),
    };
}
