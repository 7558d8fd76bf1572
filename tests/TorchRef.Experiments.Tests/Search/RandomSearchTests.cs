using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Tests.Training;

namespace TorchRef.Experiments.Tests.Search;

public sealed class RandomSearchTests
{
    private static readonly SearchSettings s_settings = new()
    {
        Trials = 9,
        Epochs = 4,
        Images = 60,
        Chunk = 4,
        Space = new SearchSpace { Hidden = new("hidden", new CategoricalDistribution(8L, 12L)), Layers = new("layers", null, 2), Batch = new("batch", null, 20) },
    };

    [Fact]
    public void A_trial_depends_on_itself_and_not_on_those_beside_it()
    {
        var together = RandomSearch.Run(s_settings, SmallDigits.Make());
        var alone = RandomSearch.Run(s_settings with { Chunk = 1 }, SmallDigits.Make());
        Assert.Equal(9, together.Ranked.Count);
        Assert.Equal(together.Trials.Select(trial => trial.Value), alone.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void A_study_goes_on_to_a_larger_goal_and_looks_at_the_test_set_once_a_winner()
    {
        using var storage = StudyStorage.InMemory();
        var first = RandomSearch.Run(s_settings, SmallDigits.Make(), storage);
        var again = RandomSearch.Run(s_settings, SmallDigits.Make(), storage);
        Assert.Equal(first.Test, again.Test);
        Assert.Equal(1, again.Test!.Number);
        Assert.Equal(9, again.Trials.Count);
        Assert.Equal(12, RandomSearch.Run(s_settings with { Trials = 12 }, SmallDigits.Make(), storage).Ranked.Count);
    }

    /// <summary>Where the test images are those that validate, the network that is tested gets what the trial got.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(25)]
    public void What_is_tested_is_the_network_that_won(int epochs)
    {
        var settings = s_settings with { Epochs = epochs, Seed = 3, Images = 300, Space = s_settings.Space with { LearningRate = new("lr", new FloatDistribution(0.02, 0.2, log: true)) } };
        var digits = SyntheticDigits.Generate(300, 10);
        var (_, validation) = ValidationSplit.Of(digits.Train, settings.Images, settings.ValidationShare, settings.Seed);

        var found = RandomSearch.Run(settings, new DigitData(digits.Train, validation, "the validation images as test images"));

        Assert.InRange(found.Winner!.Value!.Value, 0.25, 0.95);
        Assert.Equal(found.Winner.Value.Value, found.Test!.Accuracy, 12);
    }

    [Fact]
    public void Queued_trials_come_first_with_what_was_laid_down()
    {
        using var storage = StudyStorage.InMemory();
        var study = storage.OpenStudy("mine", StudyDirection.Maximize);
        storage.Create(study.Id, NewTrial.Waiting([new("lr", 0.005)]));
        var trial = RandomSearch.Run(s_settings, SmallDigits.Make(), storage).Trials[0];
        Assert.Equal((TrialState.Complete, 0.005), (trial.State, trial.Params["lr"].Internal));
    }

    [Theory]
    [InlineData("dropout", 0.5, "got dropout")]
    [InlineData("lr", -1.0, "at least 0 but got -1")]
    [InlineData("hidden", 9.0, "hidden: ")]
    [InlineData("layers", 3.0, "layers 2")]
    public void A_queued_trial_that_does_not_fit_fails_alone_and_the_search_goes_on(string name, double value, string words)
    {
        using var storage = StudyStorage.InMemory();
        var study = storage.OpenStudy("mine", StudyDirection.Maximize);
        storage.Create(study.Id, NewTrial.Waiting([new("lr", 0.004)]), NewTrial.Waiting([new(name, value)]));

        var refused = Assert.Throws<SearchException>(() => RandomSearch.Run(s_settings, SmallDigits.Make(), storage));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(storage.Trials(study.Id), trial => trial.State == TrialState.Running);
        var result = RandomSearch.Run(s_settings, SmallDigits.Make(), storage);
        Assert.Equal(9, result.Ranked.Count);
        Assert.Single(result.Ranked, trial => trial.Params["lr"].Internal == 0.004);
        Assert.Equal(TrialState.Fail, result.Trials[1].State);
    }

    [Fact]
    public void A_study_that_another_program_began_goes_on_and_its_trials_count()
    {
        using var storage = StudyStorage.InMemory();
        var study = storage.OpenStudy("theirs", StudyDirection.Maximize);
        var begun = storage.Create(study.Id, NewTrial.Running([new("lr", TrialParam.Of(new FloatDistribution(1e-5, 1e-1, log: true), 0.02)),
            new("weight_decay", TrialParam.Of(new FloatDistribution(1e-8, 1e-4, log: true), 1e-6)), new("hidden", TrialParam.Of(new CategoricalDistribution(8L, 12L), 8L))]))[0];
        storage.Write(TrialChange.Complete(begun.Id, 0.05));

        var result = RandomSearch.Run(s_settings, SmallDigits.Make(), storage);

        Assert.Equal(9, result.Trials.Count);
        Assert.Equal(0.05, result.Trials[0].Value);
        Assert.Contains("weight_decay", Assert.Throws<SearchException>(() => RandomSearch.Run(
            s_settings with { Space = s_settings.Space with { WeightDecay = new("weight_decay", new FloatDistribution(0, 1)) } }, SmallDigits.Make(), storage)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounds_narrow_and_hold_the_best()
    {
        var result = RandomSearch.Run(s_settings with { Trials = 24, Rounds = 3 }, SmallDigits.Make());
        Assert.Equal(3, result.Spaces.Count);
        FloatDistribution first = (FloatDistribution)result.Spaces[0].LearningRate.Distribution!, last = (FloatDistribution)result.Spaces[2].LearningRate.Distribution!;
        Assert.True(last.High / last.Low * 10 < first.High / first.Low);
    }

    [Fact]
    public void A_stopped_search_leaves_nothing_running()
    {
        using var storage = StudyStorage.InMemory();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => RandomSearch.Run(s_settings, SmallDigits.Make(), storage, progress: progress => { if (progress.Finished > 0) stop.Cancel(); }, stop: stop.Token));
        Assert.DoesNotContain(storage.Trials(0), trial => trial.State == TrialState.Running);
        Assert.Equal(9, RandomSearch.Run(s_settings, SmallDigits.Make(), storage).Ranked.Count);
    }

    [Fact]
    public void A_study_that_was_begun_otherwise_is_refused()
    {
        using var storage = StudyStorage.InMemory();
        RandomSearch.Run(s_settings, SmallDigits.Make(), storage);
        Assert.Contains("epochs 4", Assert.Throws<SearchException>(() => RandomSearch.Run(s_settings with { Epochs = 5 }, SmallDigits.Make(), storage)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("median")]
    [InlineData("halving")]
    public void Pruned_trials_count_and_the_others_go_on(string pruner)
    {
        var result = RandomSearch.Run(s_settings with { Epochs = 18, Pruner = pruner, Trials = 16, Chunk = 8 }, SmallDigits.Make());
        Assert.Contains(result.Trials, trial => trial.State == TrialState.Pruned && trial.IntermediateValues.Count < 18);
        Assert.All(result.Ranked, trial => Assert.Equal(18, trial.IntermediateValues.Count));
    }
}
