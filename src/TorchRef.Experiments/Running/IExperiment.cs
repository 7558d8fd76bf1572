namespace TorchRef.Experiments.Running;

/// <summary>One experiment of the study notes: it says what it would do, and <see cref="ExperimentRunner"/> does it.</summary>
public interface IExperiment
{
    /// <summary>Its name on the command line: lower-case words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>What it shows, in one line.</summary>
    string Description { get; }

    /// <summary>Which parts of a request change anything.</summary>
    RequestParts Uses { get; }

    /// <summary>What it does for a request. Nothing is computed yet, but data that is needed is loaded.</summary>
    /// <exception cref="ArgumentException">The request can't be met; the message is one line.</exception>
    ExperimentPlan Plan(RunRequest request);
}
