using TorchRef.Normalization;
using TorchRef.Tests.Support;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>What the conventions make of the same batches, and statistics carried from one to another.</summary>
public sealed class BatchNormConventionTests
{
    public static TheoryData<string> Names => [.. s_conventions.Keys];

    private static readonly Dictionary<string, BatchNormConvention> s_conventions =
        new[] { BatchNormConvention.PyTorch, BatchNormConvention.StudyNotes, BatchNormConvention.StudyNotesFormula, BatchNormConvention.Paper2015 }.ToDictionary(one => one.Name);

    [Theory]
    [InlineData(EpsilonPlace.InsideRoot, 1e-5, 1.64750869)]
    [InlineData(EpsilonPlace.OutsideRoot, 1e-5, 1.64750608)]
    [InlineData(EpsilonPlace.InsideRoot, 1e-6, 1.64750892)]
    [InlineData(EpsilonPlace.InsideRoot, 0, 1.64750894)]
    [InlineData(EpsilonPlace.OutsideRoot, 0, 1.64750894)]
    public void The_place_of_epsilon_shows_in_the_last_digits(EpsilonPlace place, double eps, double last)
    {
        using var module = new ConventionalBatchNorm(1, BatchNormConvention.PyTorch with { EpsilonPlace = place, Eps = eps }, dtype: float64);

        Expect.Numbers([last], module.call(Twenty()).detach()[19], digits: 8);
    }

    [Fact]
    public void The_study_notes_average_the_biased_variance_from_0_and_PyTorch_the_unbiased_one_from_1()
    {
        using var notes = new ConventionalBatchNorm(1, BatchNormConvention.StudyNotes, dtype: float64);
        using var torch = new ConventionalBatchNorm(1, BatchNormConvention.PyTorch, dtype: float64);
        using var paper = new ConventionalBatchNorm(1, BatchNormConvention.Paper2015, dtype: float64);
        foreach (var module in new[] { notes, torch, paper }) module.call(Twenty());

        Expect.Numbers([3.325], notes.RunningVar);
        Expect.Numbers([4.4], torch.RunningVar);
        Expect.Numbers([33.25], paper.RunningVar);
        Expect.Numbers([1.05], notes.RunningMean);
        Expect.Numbers([1.05], torch.RunningMean);
        Expect.Numbers([10.5], paper.RunningMean);
    }

    [Fact]
    public void Alpha_of_the_study_notes_is_one_minus_momentum()
    {
        Assert.Equal(0.9, BatchNormConvention.StudyNotes.Alpha);
        Assert.Equal(0.25, BatchNormConvention.PyTorch.WithAlpha(0.75).Momentum);
        Assert.Null(BatchNormConvention.Paper2015.Alpha);
    }

    [Fact]
    public void The_convention_of_PyTorch_is_BatchNorm() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        var eps = sample.Pick(0, 1e-5, 0.1);
        double? momentum = sample.Pick(true, false) ? sample.Uniform(0, 1) : null;
        using var plain = new Norms(shape[1], eps, momentum).Own(shape.Length).WithParameters(sample);
        using var module = new ConventionalBatchNorm(shape[1], BatchNormConvention.Of(plain), dtype: float64);
        module.CopyFrom(plain);
        for (var step = 0; step < 3; step++)
        {
            var input = sample.Batch(shape, float64);           // (N, C, …)
            Expect.Close(module.call(input), plain.call(input), 1e-12, "output");
        }
        Expect.Close(module.RunningVar, plain.RunningVar, 1e-14, "running_var");
        module.eval();
        plain.eval();
        var test = sample.Batch(shape, float64);                // (N, C, …)
        Expect.Close(module.call(test), plain.call(test), 1e-12, "output in evaluation");
    });

    [Fact]
    public void The_paper_evaluates_as_PyTorch_does_without_momentum() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var plain = new Norms(shape[1], Momentum: null).Own(shape.Length);
        using var paper = new ConventionalBatchNorm(shape[1], BatchNormConvention.Paper2015, dtype: float64);
        for (var step = 0; step < sample.Between(1, 4); step++)
        {
            var input = sample.Batch(shape, float64);           // (N, C, …)
            plain.call(input);
            paper.call(input);
        }
        plain.eval();
        paper.eval();
        var test = sample.Batch(shape, float64);                // (N, C, …)

        Expect.Close(paper.call(test), plain.call(test), 1e-12);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Converting_there_and_training_there_come_to_the_same(string name) => Law.Holds(sample =>
    {
        var from = s_conventions[name];
        var (shape, to) = (sample.BatchShape(), sample.Pick(s_conventions.Values.ToArray()));
        // Several batches keep their momentum; one batch doesn't need to.
        var batches = sample.Between(0, 4);
        if (batches > 1) to = to with { Momentum = from.Momentum };
        using var source = new ConventionalBatchNorm(shape[1], from, dtype: float64);
        using var target = new ConventionalBatchNorm(shape[1], to, dtype: float64);
        for (var step = 0; step < batches; step++)
        {
            var input = sample.Batch(shape, float64);           // (N, C, …)
            source.call(input);
            target.call(input);
        }

        using var converted = source.To(to, shape.Aggregate(1L, (product, size) => product * size) / shape[1]);

        Assert.Equal(target.state_dict().Keys, converted.state_dict().Keys);
        foreach (var (key, tensor) in target.state_dict()) Expect.Close(converted.state_dict()[key], tensor, 1e-12, key);
    });

    [Fact]
    public void There_and_back_is_where_it_was() => Law.Holds(sample =>
    {
        var shape = sample.BatchShape();
        using var plain = new Norms(shape[1], Momentum: 0.3).Own(shape.Length).WithParameters(sample);
        using var back = new Norms(shape[1], Momentum: 0.3).Own(shape.Length);
        var count = shape.Aggregate(1L, (product, size) => product * size) / shape[1];
        for (var step = 0; step < 3; step++) plain.call(sample.Batch(shape, float64));
        using var notes = new ConventionalBatchNorm(shape[1], BatchNormConvention.StudyNotes with { Momentum = 0.3 }, dtype: float64);

        notes.CopyFrom(plain, count);
        notes.CopyTo(back, count);

        foreach (var (key, tensor) in plain.state_dict()) Expect.Close(back.state_dict()[key], tensor, 1e-12, key);
    });

    [Fact]
    public void A_constant_channel_has_no_infinite_gradient_wherever_epsilon_stands()
    {
        foreach (var place in Enum.GetValues<EpsilonPlace>())
        {
            using var module = new ConventionalBatchNorm(1, BatchNormConvention.PyTorch with { EpsilonPlace = place }, dtype: float64);
            var input = ones([4, 1], dtype: float64).requires_grad_(); // [4, 1]

            module.call(input).square().sum().backward();

            Expect.Numbers([0, 0, 0, 0], input.grad);
        }
    }

    [Fact]
    public void What_cannot_be_exact_is_refused_in_words()
    {
        using var notes = new ConventionalBatchNorm(1, BatchNormConvention.StudyNotes, dtype: float64);
        using var paper = new ConventionalBatchNorm(1, BatchNormConvention.Paper2015, dtype: float64);
        for (var step = 0; step < 2; step++) notes.call(Twenty());
        paper.call(Twenty());
        var still = BatchNormConvention.StudyNotes with { Momentum = 0 };

        Refused("between biased and unbiased variances lies the size of the batches: expected valuesPerChannel but got none", () => notes.To(BatchNormConvention.PyTorch));
        Refused("a batch has several values per channel: expected at least 2 but got 1", () => notes.To(BatchNormConvention.PyTorch, 1));
        Refused("running statistics of several batches keep their momentum: expected 0.1 but got None after 2 batches", () => notes.To(BatchNormConvention.Paper2015, 20));
        Refused("Ioffe and Szegedy 2015 corrects the variance by the size of the batches: expected valuesPerChannel but got none", () => notes.To(BatchNormConvention.Paper2015));
        Refused("running statistics with momentum 0 know nothing of their batches: expected the same momentum but got another", () => BatchNormConversion.Convert(zeros([1]), zeros([1]), still, BatchNormConvention.StudyNotes, 1, 20));
        Refused("batches must not be negative: expected at least 0 but got -1", () => BatchNormConversion.Convert(zeros([1]), zeros([1]), still, still, -1, 20));
        Refused("Ioffe and Szegedy 2015 corrects the variance for batches of one size: expected 20 values per channel but got 10", () => paper.call(Twenty()[..10]));
        Expect.Numbers([1], paper.NumBatchesTracked);
    }

    [Fact]
    public void Modules_that_do_not_match_and_bad_input_are_refused_in_words()
    {
        using var module = new ConventionalBatchNorm(3, BatchNormConvention.StudyNotes);
        using var other = new BatchNorm1d(4);
        using var untracked = new BatchNorm1d(3, track_running_stats: false);

        Refused("both modules must have the same channels: expected 3 but got 4", () => module.CopyFrom(other));
        Refused("running statistics are what is converted: expected a module that tracks them but got one that doesn't", () => module.CopyTo(untracked));
        Refused("expected at least 2D input (got 1D input)", () => module.call(randn(3)));
        Refused("running_mean should contain 4 elements not 3", () => module.call(randn(2, 4)));
        Refused("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", () => module.call(randn(1, 3)));
        Refused("num_features must not be negative: expected at least 0 but got -1", () => new ConventionalBatchNorm(-1, BatchNormConvention.PyTorch));
        Assert.Equal("ConventionalBatchNorm(3, the study notes, eps=1e-06, momentum=0.1)", module.ToString());
    }

    /// <summary>The numbers 1 to 20, one channel.</summary>
    private static Tensor Twenty() => arange(1, 21, dtype: float64).view(20, 1); // [20, 1]

    private static void Refused(string text, Func<object?> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);

    private static void Refused(string text, Action action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
