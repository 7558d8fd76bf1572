using TorchRef.Experiments.Data;
using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.Models;

/// <summary>Trains a recipe to its end and leaves the model in a folder; a training that was stopped or killed goes on from its last epoch.</summary>
public static class ModelTrainer
{
    private const string StateFile = "training.pth";

    /// <summary>Trains.</summary>
    /// <remarks>While it trains the folder <c>NAME.training</c> is beside the model; one training at a time has it.</remarks>
    /// <param name="recipe">What to train.</param>
    /// <param name="data">The images.</param>
    /// <param name="settings">Seed, epochs and device.</param>
    /// <param name="folder">Where the model goes; it is made if it isn't there.</param>
    /// <param name="options">Who is told; null for nobody.</param>
    /// <param name="stop">Stops it; what was done by the last epoch is kept.</param>
    /// <returns>The card; null when it was stopped.</returns>
    /// <exception cref="ArgumentException">There are too few images or epochs.</exception>
    /// <exception cref="IOException">The folder can't be written to or is in use; the message is one line.</exception>
    /// <exception cref="InvalidDataException">What a training left there is damaged or another's; the message is one line.</exception>
    public static ModelCard? Train(ModelRecipe recipe, DigitData data, ModelTrainingSettings settings, ModelFolder folder, ModelTrainerOptions? options = null, CancellationToken stop = default)
    {
        options ??= new ModelTrainerOptions();
        using var training = new ModelTraining(recipe, data, settings);
        var work = Path.Combine(folder.Path, $"{recipe.Name}.training");
        ModelCard? card;
        using (var own = new RunFolder(work)) card = Train(training, data, folder, own.At(StateFile), options, stop);
        if (card is not null) Directory.Delete(work, recursive: true);
        return card;
    }

    private static ModelCard? Train(ModelTraining training, DigitData data, ModelFolder folder, string state, ModelTrainerOptions options, CancellationToken stop)
    {
        if (File.Exists(state) && !options.Fresh)
        {
            Resume(training, state);
            options.Resumed?.Invoke(training.History.Count);
        }
        try
        {
            while (!training.IsComplete)
            {
                var epoch = training.History.Count + 1;
                var done = training.RunEpoch(share => options.Progress?.Invoke(epoch, share), stop);
                training.Save(state);
                options.EpochDone?.Invoke(done);
            }
            return ModelWriter.Write(training, data, folder, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private static void Resume(ModelTraining training, string state)
    {
        try
        {
            training.Resume(state);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message}; --fresh begins anew", error);
        }
    }
}
