namespace TorchRef.Benchmarks.Measuring;

/// <summary>One of the things that are compared.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Time">Does the work a number of times and returns how many seconds that took.</param>
/// <param name="Repeats">How often a round does the work.</param>
internal sealed record Contender(string Name, Func<int, double> Time, int Repeats)
{
    /// <summary>A contender that runs in this process.</summary>
    public static Contender Here(string name, int repeats, Action work) => new(name, count => Clock.Seconds(count, work), repeats);

    /// <summary>A contender that runs in another process.</summary>
    public static Contender There(string name, int repeats, PythonPeer peer, string work) =>
        new(name, count => peer.Ask($"time {work} {count}"), repeats);
}
