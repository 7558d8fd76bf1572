namespace TorchRef.Experiments.Search.Studies;

/// <summary>Whether a worker lives, as far as it can be seen at once.</summary>
public enum WorkerLife
{
    /// <summary>Not a worker of this program: nothing can be said, and its trials aren't touched.</summary>
    Foreign,

    /// <summary>Its process is there.</summary>
    Alive,

    /// <summary>Its process is gone, or has ended its work.</summary>
    Dead,

    /// <summary>On another host: it lives as long as its beat goes on.</summary>
    Elsewhere,
}
