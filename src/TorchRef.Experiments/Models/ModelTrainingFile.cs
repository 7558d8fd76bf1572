using TorchRef.Interop.Checkpoints;
using TorchRef.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Models;

/// <summary>
/// A training between two epochs, as people save them in Python: <c>{'identity': …, 'epoch': …, 'model_state_dict': …,
/// 'optimizer_state_dict': …, 'loss': […], 'test_correct': […]}</c>.
/// </summary>
internal static class ModelTrainingFile
{
    private const string Identity = "identity", Model = "model_state_dict", Optimizer = "optimizer_state_dict", Loss = "loss", TestCorrect = "test_correct";

    public static void Save(string path, string identity, nn.Module network, Optimizer optimizer, IReadOnlyList<ModelEpoch> history)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var model = new OrderedDict();
        foreach (var (name, value) in network.state_dict()) model.Add(name, value.cpu());
        Checkpoint.SaveObject(new OrderedDictionary<object, object?>
        {
            [Identity] = identity,
            ["epoch"] = history.Count,
            [Model] = model,
            [Optimizer] = OptimizerCheckpoint.Of(optimizer),
            [Loss] = history.Select(epoch => (object?)epoch.Loss).ToList(),
            [TestCorrect] = history.Select(epoch => (object?)epoch.TestCorrect).ToList(),
        }, path);
    }

    /// <summary>Fills network and optimiser.</summary>
    /// <returns>The epochs that were done.</returns>
    /// <exception cref="InvalidDataException">It isn't a saved training, is damaged, or belongs to another one.</exception>
    public static IReadOnlyList<ModelEpoch> Load(string path, string identity, nn.Module network, Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        if (Checkpoint.LoadObject(path) is not OrderedDictionary<object, object?> saved || !saved.TryGetValue(Identity, out var found) || found is not string text)
            throw new InvalidDataException($"a training goes on from a training: expected a file that one has saved but got another ({path})");
        if (text != identity) throw new InvalidDataException($"a training goes on from its own state only: expected that of {identity} but got that of {text} ({path})");
        try
        {
            var history = Numbers(saved, Loss).Zip(Numbers(saved, TestCorrect), (loss, correct) => (loss, correct)).Select((pair, epoch) => new ModelEpoch(epoch + 1, pair.loss, (int)pair.correct)).ToList();
            OptimizerCheckpoint.Load(optimizer, saved[Optimizer]);
            network.load_state_dict(Checkpoint.LoadStateDict(path, Model).ToDictionary());
            return history;
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidCastException or ArgumentException)
        {
            throw new InvalidDataException($"a saved training has all that it needs: expected network, optimiser and epochs but got: {error.Message.ReplaceLineEndings(" ")} ({path})", error);
        }
    }

    private static IEnumerable<double> Numbers(OrderedDictionary<object, object?> saved, string key) => ((List<object?>)saved[key]!).Select(Convert.ToDouble);
}
