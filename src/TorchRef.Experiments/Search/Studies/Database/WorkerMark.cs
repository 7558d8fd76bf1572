using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Workers;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Who runs a trial, in a system attribute of the trial: a database knows its rows, and not who wrote them.</summary>
internal static class WorkerMark
{
    /// <summary>The attribute's name. Optuna keeps it and makes nothing of it.</summary>
    public const string Key = "torchref:worker";

    public static string Of(string worker, bool hasEnded) => PyJson.DictOf([new("worker", worker), .. WorkerProcess.Current.ToFields(), new("ended", hasEnded)]).ToString();

    /// <summary>The worker's name; null for an attribute that isn't one of these.</summary>
    public static string? Worker(PyJson mark) => mark.Dict?.GetValueOrDefault("worker")?.String;

    /// <param name="mark">The attribute as it is stored.</param>
    /// <param name="beat">What the database has of the worker's heartbeats for the trial.</param>
    public static WorkerSign Sign(string mark, string? beat)
    {
        if (PyJsonReader.Read(mark).Dict is not { } fields || WorkerProcess.Of(fields) is not { } process) return new(WorkerLife.Foreign, null);
        if (fields.GetValueOrDefault("ended")?.Bool == true) return new(WorkerLife.Dead, null);
        return process.IsAlive() switch
        {
            true => new(WorkerLife.Alive, beat),
            false => new(WorkerLife.Dead, null),
            null => new(WorkerLife.Elsewhere, beat),
        };
    }
}
