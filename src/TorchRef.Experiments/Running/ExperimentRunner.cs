using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Running;

/// <summary>Runs experiments: part by part, so that a run that was stopped or killed goes on where it was.</summary>
/// <remarks>
/// A second run in the same folder takes over what the first has done if it would compute the same: the same experiment, settings,
/// seeds, data, engine, number of threads and build of the program. Its results.json is then the same to the byte as that of a run
/// that nothing disturbed.
/// </remarks>
public static class ExperimentRunner
{
    /// <summary>Runs an experiment to its end, or until it is stopped.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="request">What is asked of it.</param>
    /// <param name="options">Where files go; null for none.</param>
    /// <param name="stop">Stops it; what is done by then is concluded and written like a whole result, but says that it is incomplete.</param>
    /// <returns>The result, with <see cref="RunResult.IsComplete"/> false when it was stopped.</returns>
    /// <exception cref="ArgumentException">The request can't be met.</exception>
    /// <exception cref="IOException">The folder can't be written to or is in use, or the data can't be read.</exception>
    public static RunResult Run(IExperiment experiment, RunRequest request, RunOptions? options = null, CancellationToken stop = default)
    {
        options ??= new RunOptions();
        using RunFolder? folder = options.Folder is null ? null : new RunFolder(options.Folder);
        ExperimentPlan plan = experiment.Plan(request);
        string engine = EngineText.Of(request.Device);
        string fingerprint = Fingerprint(experiment, plan, engine);
        RunState state = (options.Fresh ? null : folder?.ReadState(fingerprint)) ?? new RunState(fingerprint);
        int resumed = plan.Parts.Count(part => state.Done.Contains(part.Name));
        Records records = RunParts(plan, state, folder, options, stop);
        var result = new RunResult
        {
            Name = experiment.Name,
            Description = experiment.Description,
            Plan = plan,
            Engine = engine,
            Records = records,
            Outcome = plan.Conclude(records),
            PartsDone = plan.Parts.Count(part => state.Done.Contains(part.Name)),
            PartsResumed = resumed,
            Folder = folder?.Path,
        };
        if (folder is not null) RunFiles.Write(result, folder);
        return result;
    }

    /// <summary>The records in the end; those of a part that was stopped half-way are among them, but not in the state.</summary>
    private static Records RunParts(ExperimentPlan plan, RunState state, RunFolder? folder, RunOptions options, CancellationToken stop)
    {
        Records records = state.Records.Copy();
        for (int i = 0; i < plan.Parts.Count; i++)
        {
            ExperimentPart part = plan.Parts[i];
            if (state.Done.Contains(part.Name)) continue;
            var context = new PartContext(
                records,
                state.Part == part.Name ? state.Checkpoint : null,
                (share, doing) => options.Progress?.Invoke(new RunProgress(i, plan.Parts.Count, part.Name, share, doing)),
                checkpoint => Keep(state, records, part.Name, checkpoint, folder),
                options.SaveEvery,
                stop);
            try
            {
                context.Report(0);
                using var scope = NewDisposeScope();
                part.Run(context);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return records;
            }

            state.Done.Add(part.Name);
            Keep(state, records, null, null, folder);
        }

        options.Progress?.Invoke(new RunProgress(plan.Parts.Count, plan.Parts.Count, "", 0, null));
        return records;
    }

    private static void Keep(RunState state, Records records, string? part, byte[]? checkpoint, RunFolder? folder)
    {
        if (folder is null) return;
        (state.Records, state.Part, state.Checkpoint) = (records, part, checkpoint);
        folder.WriteState(state);
    }

    /// <summary>All that decides the numbers, the code included.</summary>
    private static string Fingerprint(IExperiment experiment, ExperimentPlan plan, string engine)
    {
        var text = new StringBuilder();
        void Add(string line) => text.Append(line.Length).Append(':').Append(line).Append('\n');
        Add(experiment.Name);
        Add(engine);
        Add(plan.Data?.Checksum ?? "no data");
        foreach (ulong seed in plan.Seeds) Add($"seed {seed}");
        foreach (Setting setting in plan.Settings) Add($"{setting.Name} = {setting.Text}");
        foreach (ExperimentPart part in plan.Parts) Add(part.Name);
        foreach (Type type in (ReadOnlySpan<Type>)[experiment.GetType(), typeof(ExperimentRunner), typeof(Optimization.SGD), typeof(Tensor)])
            Add(type.Module.ModuleVersionId.ToString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
