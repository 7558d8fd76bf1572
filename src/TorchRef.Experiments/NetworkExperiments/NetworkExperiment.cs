using TorchRef.Experiments.Running;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>An experiment that trains networks. Its properties are its settings, by default those of the study notes where they have any.</summary>
/// <remarks>
/// What one of them has to say is which networks it trains (<see cref="Trainings"/>) and what their curves show
/// (<see cref="Conclude"/>); running, stopping and resuming are the same for all.
/// </remarks>
internal abstract record NetworkExperiment : IExperiment
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public RequestParts Uses => RequestParts.Seeds | RequestParts.Epochs | RequestParts.Device | RequestParts.Digits;

    /// <summary>How many seeds when none are asked for; conclusions from a single one mislead here.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>How many measurements when none are asked for: one after the first update, then one after each pass.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Its form for seconds.</summary>
    protected abstract NetworkExperiment Quick { get; }

    /// <summary>What decides the numbers besides that which <see cref="TrainingDescription"/> reads off the trainings.</summary>
    protected virtual IEnumerable<Setting> OwnSettings => [];

    /// <inheritdoc/>
    public ExperimentPlan Plan(RunRequest request)
    {
        var form = request.Quick ? Quick : this;
        return form.Plan(new TrainingRun(request.SeedsOr(form.Seeds, form.Seeds), request.EpochsOr(form.Epochs, form.Epochs), request.Device, request.Digits.Value));
    }

    /// <summary>The trainings, each a part of the run.</summary>
    protected abstract IReadOnlyList<TrainingPlan> Trainings(TrainingRun run);

    /// <summary>What comes before the trainings; nothing by default.</summary>
    protected virtual IReadOnlyList<ExperimentPart> OtherParts(TrainingRun run) => [];

    /// <summary>What was found; of an interrupted run as far as it came.</summary>
    protected abstract ExperimentOutcome Conclude(TrainingRecords trained);

    private ExperimentPlan Plan(TrainingRun run)
    {
        var trainings = Trainings(run);
        foreach (var training in trainings) training.Check(run.Digits);
        return new ExperimentPlan
        {
            Seeds = run.Seeds,
            Data = run.Digits,
            Settings = [.. TrainingDescription.Of(trainings, run.Digits), .. OwnSettings],
            Parts = [.. OtherParts(run), .. PlanRunner.Parts(trainings, run.Digits)],
            Conclude = records => Conclude(new TrainingRecords(run, trainings, records)),
        };
    }
}
