using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;

namespace TorchRef.Cli.Models;

/// <summary>Shows a training: a bar that moves on a terminal, a line for each epoch in a file or a pipe.</summary>
internal sealed class TrainDisplay(IAnsiConsole console, DigitData data)
{
    /// <summary>Trains a model and shows how far it is.</summary>
    /// <returns>The card; null when it was stopped.</returns>
    public ModelCard? Train(ModelRecipe recipe, ModelTrainingSettings settings, ModelFolder folder, bool fresh, CancellationToken stop)
    {
        console.MarkupLineInterpolated($"[bold]{recipe.Name}[/]: {recipe.Why}");
        var (epochs, done) = (settings.Epochs ?? recipe.Epochs, 0);
        var clock = Stopwatch.StartNew();
        ModelCard? Run(Action<string> tell, Action<double> move) => ModelTrainer.Train(recipe, data, settings, folder, new ModelTrainerOptions
        {
            Fresh = fresh,
            Resumed = count => tell($"goes on after {done = count} of {epochs} epochs"),
            Progress = (epoch, share) => move((epoch - 1 + share) / epochs),
            EpochDone = epoch =>
            {
                done = epoch.Epoch;
                tell(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch} of {epochs}: loss {epoch.Loss:F4}, test {ModelMeasurement.Text(epoch.TestCorrect, data.Test.Count)}, {clock.Elapsed.TotalSeconds:F0} s"));
            },
        }, stop);
        var card = console.Profile.Capabilities.Interactive ? WithBar(Run) : Run(console.WriteLine, _ => { });
        if (card is null) console.MarkupLineInterpolated($"[yellow]interrupted[/] after {done} of {epochs} epochs; the same command goes on from there");
        else console.WriteLine($"train {card.Train}, test {card.Test}; {string.Join(", ", card.Files.Keys)} and the card are in {folder.Path}");
        return card;
    }

    private ModelCard? WithBar(Func<Action<string>, Action<double>, ModelCard?> run) =>
        console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).Start(context =>
        {
            var bar = context.AddTask("starting", maxValue: 1);
            return run(line => bar.Description = Markup.Escape(line), share => bar.Value = share);
        });
}
