using TorchRef.Experiments.Data;
using TorchRef.Experiments.Search.Spaces;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search.Running;

/// <summary>Looks at the test set: once for the winner, after the search.</summary>
/// <remarks>
/// The winner is trained again from its parameters and its seed. What came out is written into the study: whoever opens the study
/// later reads it instead of looking again. A study that goes on and finds another winner needs another look, and says so.
/// </remarks>
internal static class WinnerTest
{
    public static TestLook Of(IStudyStorage storage, StudyRecord study, TrialRecord winner, SearchSettings settings, SearchSpace space, DigitSet train, DigitData digits, CancellationToken stop)
    {
        List<PyJson> looks = [.. study.UserAttributes.GetValueOrDefault(SearchAttribute.Tests)?.List ?? []];
        for (var i = 0; i < looks.Count; i++)
            if (looks[i].Dict is { } dict && dict.GetValueOrDefault("trial")?.Integer == winner.Number && dict.GetValueOrDefault("accuracy")?.Number is { } known) return new(known, i + 1);

        using var data = new TrainingData(new DigitData(train, digits.Test, "the winner, trained again"), testCount: 0, device: settings.Device);
        var training = new TrialTraining(settings, storage, study.Id, data, space);
        using var trainer = new ReplicaTrainer([training.Replica(winner)], data, training.Settings((int)space.Batch.Of(winner)) with { MeasuresTraining = false });
        for (var epoch = 0; epoch < settings.Epochs; epoch++) trainer.RunEpoch(stop);
        var accuracy = Accuracy(trainer, digits.Test, settings);
        looks.Add(PyJson.DictOf([new("trial", winner.Number), new("accuracy", accuracy)]));
        storage.SetStudyAttribute(study.Id, AttributeKind.User, SearchAttribute.Tests, PyJson.ListOf(looks));
        return new(accuracy, looks.Count);
    }

    private static double Accuracy(ReplicaTrainer trainer, DigitSet test, SearchSettings settings)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var images = TorchSharp.torch.tensor(test.ToFloats(0, test.Count), [test.Count, test.PixelsPerImage]).to(settings.Device ?? TorchSharp.torch.CPU); // [N, pixels]
        var labels = TorchSharp.torch.tensor(test.ToClassIndices(0, test.Count)).to(settings.Device ?? TorchSharp.torch.CPU); // [N]
        return trainer.Probabilities(0, images).argmax(1).eq(labels).to(TorchSharp.torch.ScalarType.Float64).mean().item<double>();
    }
}
