using TorchRef.Experiments.Data;
using TorchRef.Normalization;
using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Two small networks over digits, 784-100-100-10, equal but for who wrote batch normalisation, dropout and optimiser.
/// They are trained side by side, and everything about them is compared at the end.
/// </summary>
internal static class TwinNetworks
{
    /// <summary>Digits that are needed, of each split.</summary>
    public const int Examples = 1000;

    private const int Batch = 100, Steps = 20, Hidden = 100;
    private const double DropoutProbability = 0.2, LearningRate = 0.05, Momentum = 0.9, Decay = 1e-3;

    public static void Run(ComparisonRecorder recorder, Candidates candidates, Lazy<DigitData> data, ulong seed)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
            recorder.Run($"network, BatchNorm1d {form.ToString().ToLowerInvariant()}", "torch.nn, optim", $"784-{Hidden}-{Hidden}-10, {Steps} steps of {Batch} digits", record => Train(record, candidates, form, data.Value, seed));
    }

    private static void Train(ComparisonRecorder.CaseRecorder record, Candidates candidates, BatchNormForm form, DigitData data, ulong seed)
    {
        var settings = new BatchNormSettings(Hidden, 1e-5, 0.1, true, true);
        using var mine = Build(() => candidates.BatchNorm1d(settings, form, float64), () => candidates.Dropout(DropoutProbability), seed);
        using var theirs = Build(() => BatchNormReference.Make(settings, float64), () => ReferenceDropout.Make(DropoutProbability), seed);
        using var optimizer = candidates.Optimizer([(mine.parameters(), new SgdOptions(LearningRate, Momentum, weight_decay: Decay))]);
        using var reference = optim.SGD(theirs.parameters(), LearningRate, Momentum, weight_decay: Decay);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = Load(data, step * Batch % Examples, Batch); // [100, 784], [100]
            optimizer.zero_grad();
            theirs.zero_grad();
            manual_seed((long)seed + step);
            var loss = nn.functional.cross_entropy(mine.call(images), labels); // []
            manual_seed((long)seed + step);
            var expected = nn.functional.cross_entropy(theirs.call(images), labels); // []
            loss.backward();
            expected.backward();
            optimizer.step();
            reference.step();
            record.Compare("loss of a step", loss, expected, Tolerances.OfTraining);
        }
        var state = theirs.state_dict();
        foreach (var (name, tensor) in mine.state_dict()) record.Compare($"{name} after training", tensor, state.GetValueOrDefault(name), Tolerances.OfTraining);
        mine.eval();
        theirs.eval();
        var (test, _) = Load(data, 0, Batch);                   // [100, 784]
        record.Compare("predictions in eval", mine.call(test), theirs.call(test), Tolerances.OfTraining);
    }

    private static Sequential Build(Func<nn.Module<Tensor, Tensor>> norm, Func<nn.Module<Tensor, Tensor>> dropout, ulong seed)
    {
        manual_seed((long)seed);
        return nn.Sequential(
            ("linear1", nn.Linear(784, Hidden, dtype: float64)), ("norm1", norm()), ("relu1", nn.ReLU()), ("dropout1", dropout()),
            ("linear2", nn.Linear(Hidden, Hidden, dtype: float64)), ("norm2", norm()), ("relu2", nn.ReLU()), ("dropout2", dropout()),
            ("linear3", nn.Linear(Hidden, 10, dtype: float64)));
    }

    private static (Tensor images, Tensor labels) Load(DigitData data, int start, int count) =>
        (Digits.Images(data, start, count), tensor(data.Train.ToClassIndices(start, count)));
}
