using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;

namespace TorchRef.Experiments.Tests.Search;

public sealed class NarrowingTests
{
    private static readonly SearchSpace s_space = new()
    {
        Hidden = new("hidden", new IntDistribution(10, 200, step: 10)),
        Layers = new("layers", new CategoricalDistribution(1L, 2L, 3L)),
    };

    [Fact]
    public void Ranges_lie_within_the_old_ones_and_hold_the_best()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var trials = Trials(seed, 50);
            var best = trials.MaxBy(trial => trial.Value)!;
            var narrow = Narrowing.Narrow(s_space, trials);
            foreach (var (before, after) in s_space.Free.Zip(narrow.Free))
            {
                Assert.True(after.Distribution!.Contains(best.Params[after.Name].Internal), $"{after.Name} of seed {seed}: {after.Distribution} without {best.Params[after.Name].Internal}");
                Assert.True(before.Distribution!.IsCompatibleWith(after.Distribution));
            }
            FloatDistribution old = (FloatDistribution)s_space.LearningRate.Distribution!, now = (FloatDistribution)narrow.LearningRate.Distribution!;
            Assert.InRange(now.Low, old.Low, 3e-3);
            Assert.InRange(now.High, 3e-3, old.High);
            Assert.True(now.High / now.Low * 10 < old.High / old.Low, $"seed {seed}: {now.Low} to {now.High}");
            Assert.Equal(s_space.Layers.Distribution, narrow.Layers.Distribution);
        }
    }

    [Fact]
    public void Nothing_finished_narrows_nothing() => Assert.Same(s_space, Narrowing.Narrow(s_space, []));

    /// <summary>The result falls off on either side of lr = 3e-3 and follows from nothing else.</summary>
    private static TrialRecord[] Trials(int seed, int count) =>
        [.. Enumerable.Range(0, count).Select(number =>
        {
            var parameters = s_space.Free.ToDictionary(free => free.Name, free => new TrialParam(free.Distribution!, RandomDraw.Draw(free.Distribution!, free.Name, seed, number)));
            return new TrialRecord
            {
                Id = number, StudyId = 0, Number = number, State = TrialState.Complete, Params = parameters,
                Values = [-Math.Abs(Math.Log10(parameters["lr"].Internal / 3e-3))],
            };
        })];
}
